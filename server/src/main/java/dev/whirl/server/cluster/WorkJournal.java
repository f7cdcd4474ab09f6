package dev.whirl.server.cluster;

import dev.whirl.bus.Bus;
import dev.whirl.bus.Deliveries;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.Topic;
import dev.whirl.store.InvocationJournal;
import dev.whirl.store.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The journal of an invoker in a cluster. What was accepted is in its topic, and the bus follows what becomes of it.
public final class WorkJournal implements InvocationJournal {
    private final Deliveries deliveries;
    private volatile Consumer<Invocation> left = _ -> {};

    public WorkJournal(Bus bus, Topic.Work work) {
        this.deliveries = bus.track(work, invocation -> left.accept(invocation));
    }

    /// Says who ends what an earlier process of this invoker may have run; before the topic is read.
    ///
    /// @param ends returns at once
    public void leaveTo(Consumer<Invocation> ends) {
        left = ends;
    }

    @Override
    public void accept(Invocation invocation) {
        throw new UnsupportedOperationException("only controllers accept invocations");
    }

    @Override
    public void acceptAll(List<Invocation> invocations, @Nullable Activation record) {
        throw new UnsupportedOperationException("only controllers accept invocations");
    }

    @Override
    public void acceptRunning(Invocation invocation) {
        throw new UnsupportedOperationException("only controllers accept invocations");
    }

    @Override
    public boolean started(ActivationId id) {
        return deliveries.started(id);
    }

    @Override
    public void discard(ActivationId id) {
        deliveries.settled(id);
    }

    /// The bus hands it over by itself.
    @Override
    public List<Entry> unfinished(@Nullable Entry after, int limit) {
        return List.of();
    }

    /// Can't be told here: whoever asks must take it for promised, since its caller may have got a 202 meanwhile.
    @Override
    public Optional<Entry> find(ActivationId id) {
        throw new StoreException.Unavailable("an invoker does not know what was promised for " + id, null);
    }
}
