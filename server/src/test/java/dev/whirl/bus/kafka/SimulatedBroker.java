package dev.whirl.bus.kafka;

import dev.whirl.bus.Bus;
import dev.whirl.bus.BusException;
import dev.whirl.model.json.MessageDocuments;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.Message;
import dev.whirl.model.message.Returned;
import dev.whirl.model.message.Topic;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A broker on the clock of a simulation: topics, groups with sessions, and the faults of a network. Those who read
/// work through it are the real ones, [Holding], [Ledger], [Owner] and [Taker].
public final class SimulatedBroker {
    static final long MILLI = 1_000_000;
    private static final long SLOWEST = 3 * MILLI;

    final LongSupplier nanos;
    final KafkaBusConfig config;
    private final Random random;
    private final Map<Topic.Followed, SimulatedGroup> groups = new LinkedHashMap<>();
    private final Map<Topic, List<Listener>> listeners = new HashMap<>();
    private double losses;
    private boolean isAway;

    private final class Listener {
        private final SimulatedProcess process;
        private final Consumer<Message> handler;
        private final Deque<Message> underWay = new ArrayDeque<>();
        private long lastAt;

        Listener(SimulatedProcess process, Consumer<Message> handler) {
            this.process = process;
            this.handler = handler;
        }

        /// In their order, each after a time of its own.
        void send(Message message) {
            long now = nanos.getAsLong();
            lastAt = Math.max(lastAt, now + delay());
            underWay.addLast(message);
            process.later(lastAt - now, this::arrive);
        }

        private void arrive() {
            if (process.isCutOff()) {
                process.later(100 * MILLI, this::arrive);
            } else {
                handler.accept(underWay.removeFirst());
            }
        }
    }

    public SimulatedBroker(LongSupplier nanos, Random random, KafkaBusConfig config) {
        this.nanos = nanos;
        this.random = random;
        this.config = config;
    }

    /// The bus as one process has it.
    public Bus connect(SimulatedProcess process) {
        return new SimulatedBus(this, process);
    }

    /// Which share of the messages that nobody waits for gets lost.
    public void losing(double share) {
        losses = share;
    }

    /// Nobody reaches it, or everybody does again.
    public void away(boolean isSo) {
        isAway = isSo;
    }

    boolean isAwayFrom(SimulatedProcess process) {
        return isAway || process.isCutOff();
    }

    /// Takes note of who lives, and orders the groups by it.
    public void tick() {
        if (!isAway) {
            groups.values().forEach(SimulatedGroup::tick);
        }
    }

    long delay() {
        return MILLI / 2 + random.nextLong(SLOWEST);
    }

    SimulatedGroup group(Topic.Followed topic) {
        return groups.computeIfAbsent(topic, each -> new SimulatedGroup(this, each.name()));
    }

    List<Topic.Followed> topics(SimulatedProcess process) {
        if (isAwayFrom(process)) {
            throw new BusException("no broker answers");
        }
        return new ArrayList<>(groups.keySet());
    }

    void listen(Topic topic, SimulatedProcess process, Consumer<Message> handler) {
        listeners.computeIfAbsent(topic, _ -> new ArrayList<>()).add(new Listener(process, handler));
    }

    /// While the broker is away a message may arrive all the same, and its sender does not learn of it.
    void publish(SimulatedProcess from, Topic topic, Message message) {
        boolean isGone = isAwayFrom(from);
        boolean isWaitedFor = message instanceof Invocation || message instanceof Returned;
        boolean arrives = isGone ? random.nextInt(4) == 0 : isWaitedFor || random.nextDouble() >= losses;
        boolean isUncertain = isGone && (arrives || random.nextBoolean());
        if (arrives) {
            if (topic instanceof Topic.Followed followed) {
                group(followed).append(MessageDocuments.write(message));
            } else {
                listeners.getOrDefault(topic, List.of()).forEach(each -> each.send(message));
            }
        }
        if (isGone && isWaitedFor) {
            @Nullable
            BusException fault = isUncertain
                    ? BusException.uncertain("no answer", new IllegalStateException())
                    : new BusException("no broker answers");
            throw fault;
        }
    }
}
