package dev.whirl.bus.kafka;

import dev.whirl.bus.Bus;
import dev.whirl.bus.Deliveries;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.Message;
import dev.whirl.model.message.Topic;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The bus of one simulated process.
final class SimulatedBus implements Bus {
    private final SimulatedBroker broker;
    private final SimulatedProcess process;
    private final Map<Topic.Followed, Followed> tracked = new HashMap<>();

    private static final class Followed implements Deliveries {
        private final Consumer<Invocation> left;
        private @Nullable SimulatedMember member;

        Followed(Consumer<Invocation> left) {
            this.left = left;
        }

        @Override
        public boolean started(ActivationId id) {
            return member != null && member.started(id);
        }

        @Override
        public void settled(ActivationId id) {
            if (member != null) {
                member.settled(id);
            }
        }
    }

    SimulatedBus(SimulatedBroker broker, SimulatedProcess process) {
        this.broker = broker;
        this.process = process;
    }

    @Override
    public void publish(Topic topic, Message message) {
        broker.publish(process, topic, message);
    }

    @Override
    public Subscription subscribe(Topic topic, Consumer<Message> handler) {
        if (!(topic instanceof Topic.Followed followed)) {
            broker.listen(topic, process, handler);
            return () -> {};
        }
        @Nullable Followed known = tracked.get(followed);
        var owner =
                new Owner(SimulatedMember.INBOX, handler, known == null ? null : known.left, SimulatedMember.METERS);
        SimulatedMember member = broker.group(followed).join(process, Lease.Role.OWNER, owner);
        if (known != null) {
            known.member = member;
        }
        return member::leave;
    }

    @Override
    public Deliveries track(Topic.Followed topic, Consumer<Invocation> left) {
        var followed = new Followed(left);
        tracked.put(topic, followed);
        return followed;
    }

    @Override
    public Subscription takeOver(Topic.Followed topic, Consumer<Left> handler) {
        var taker = new Taker(SimulatedMember.INBOX, handler, SimulatedMember.METERS);
        return broker.group(topic).join(process, Lease.Role.TAKER, taker)::leave;
    }

    @Override
    public Set<Topic.Followed> followed() {
        return new LinkedHashSet<>(broker.topics(process));
    }

    @Override
    public void close() {}
}
