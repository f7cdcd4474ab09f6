package dev.whirl.bus.kafka;

import dev.whirl.bus.Deliveries;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.message.Invocation;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What became of an invoker's work, told to whoever reads it at the time.
final class Tracking implements Deliveries {
    private final Consumer<Invocation> left;
    private volatile @Nullable WorkReader reader;

    Tracking(Consumer<Invocation> left) {
        this.left = left;
    }

    Consumer<Invocation> left() {
        return left;
    }

    void readBy(WorkReader next) {
        reader = next;
    }

    @Override
    public boolean started(ActivationId id) {
        WorkReader now = reader;
        return now != null && now.started(id);
    }

    @Override
    public void settled(ActivationId id) {
        WorkReader now = reader;
        if (now != null) {
            now.settled(id);
        }
    }
}
