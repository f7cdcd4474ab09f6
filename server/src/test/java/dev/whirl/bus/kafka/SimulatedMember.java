package dev.whirl.bus.kafka;

import dev.whirl.bus.kafka.Holding.Commit;
import dev.whirl.model.activation.ActivationId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// One who reads the work of a topic: does in steps what the [WorkReader] does on its thread, with the same [Holding].
final class SimulatedMember {
    private static final KafkaBusConfig NOWHERE = KafkaBusConfig.of("localhost:9");
    private static final ClientSettings SETTINGS = new ClientSettings(NOWHERE);
    private static final Admin ADMIN = Admin.create(SETTINGS.admin());
    static final BusMeters METERS = new BusMeters(new SimpleMeterRegistry());
    static final Inbox INBOX = new Inbox(
            new TopicMaker(ADMIN, new TopicPlan(NOWHERE)),
            new Publisher(
                    new KafkaProducer<>(SETTINGS.producer(), new ByteArraySerializer(), new ByteArraySerializer()),
                    METERS),
            METERS);
    private static final long IDLE = 100 * SimulatedBroker.MILLI;
    private static final int BATCH = 20;

    final SimulatedProcess process;
    final Lease.Role role;
    private final SimulatedGroup group;
    private final WorkReceiver receiver;
    private final TopicPartition work;
    private final Holding holding;
    private long position;
    private boolean isPaused;
    private boolean isOut = true;
    private boolean isAwake;
    private boolean hasLeft;
    private long lastBeat;

    SimulatedMember(SimulatedGroup group, SimulatedProcess process, Lease.Role role, WorkReceiver receiver) {
        this.group = group;
        this.process = process;
        this.role = role;
        this.receiver = receiver;
        this.work = new TopicPartition(group.topic, 0);
        this.holding = new Holding(
                work,
                consumer(),
                group.broker.config.limits().maxTaken(),
                new Shrinking(ADMIN, work, Long.MAX_VALUE),
                group.broker.config,
                METERS,
                group.broker.nanos);
        process.later(IDLE, this::idle);
    }

    boolean isSilent(long now) {
        return isOut
                || now - lastBeat >= group.broker.config.timeouts().session().toNanos();
    }

    /// A sign of life. Who was out comes back, and learns that it had lost what it held.
    void beat(long now) {
        if (!isOut && isSilent(now)) {
            group.givenBack(this);
            isOut = true;
        }
        if (isOut) {
            isOut = false;
            process.later(0, holding::lost);
        }
        lastBeat = now;
    }

    void given() {
        process.later(group.broker.delay(), () -> {
            isPaused = false;
            holding.given();
            step();
        });
    }

    /// The group wants the work back; the last word comes first.
    void revoke() {
        process.later(group.broker.delay(), () -> {
            holding.giveUp(role == Lease.Role.TAKER);
            group.givenBack(this);
        });
    }

    void leave() {
        hasLeft = true;
        holding.giveUp(true);
        group.left(this);
    }

    boolean started(ActivationId id) {
        if (holding.start(id)) {
            if (holding.commit() == Commit.DONE) {
                return true;
            }
            holding.refuse(id);
        }
        return false;
    }

    void settled(ActivationId id) {
        holding.settle(id);
    }

    /// Something came: it is read in a moment.
    void wake() {
        if (!isAwake) {
            isAwake = true;
            process.later(group.broker.delay(), () -> {
                isAwake = false;
                step();
            });
        }
    }

    private void idle() {
        if (!hasLeft) {
            step();
            process.later(IDLE, this::idle);
        }
    }

    private void step() {
        try {
            if (hasLeft || group.broker.isAwayFrom(process) || holding.adoptIfGiven()) {
                return;
            }
            List<ConsumerRecord<byte[], byte[]>> messages = poll();
            if (holding.isHeld() && !messages.isEmpty()) {
                receiver.receive(messages, holding);
                wake();
            }
            if (holding.isCommitDue()) {
                holding.commit();
            }
            holding.pace();
        } catch (KafkaException _) {
            holding.rewind();
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> poll() {
        var messages = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        while (holding.isHeld() && !isPaused && position < group.log.size() && messages.size() < BATCH) {
            messages.add(new ConsumerRecord<>(
                    group.topic, 0, position, new byte[0], group.log.get(Math.toIntExact(position))));
            position++;
        }
        return messages;
    }

    /// As much of Kafka's client as is asked for.
    @SuppressWarnings("unchecked")
    private Consumer<byte[], byte[]> consumer() {
        return (Consumer<byte[], byte[]>) Proxy.newProxyInstance(
                Consumer.class.getClassLoader(), new Class<?>[] {Consumer.class}, (_, method, arguments) -> {
                    switch (method.getName()) {
                        case "committed" -> {
                            requireBroker();
                            var told = new HashMap<TopicPartition, OffsetAndMetadata>();
                            OffsetAndMetadata last = group.committed();
                            if (last != null) {
                                told.put(work, last);
                            }
                            return told;
                        }
                        case "beginningOffsets" -> {
                            return Map.of(work, 0L);
                        }
                        case "endOffsets" -> {
                            return Map.of(work, (long) group.log.size());
                        }
                        case "seek" -> position = (long) arguments[1];
                        case "commitSync" -> commit((Map<TopicPartition, OffsetAndMetadata>) arguments[0]);
                        case "assignment" -> {
                            return Set.of(work);
                        }
                        case "paused" -> {
                            return isPaused ? Set.of(work) : Set.of();
                        }
                        case "pause" -> isPaused = true;
                        case "resume" -> isPaused = false;
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                    return null;
                });
    }

    private void commit(Map<TopicPartition, OffsetAndMetadata> told) {
        requireBroker();
        if (isSilent(group.broker.nanos.getAsLong()) || !group.commit(this, Objects.requireNonNull(told.get(work)))) {
            throw new CommitFailedException();
        }
    }

    private void requireBroker() {
        if (group.broker.isAwayFrom(process)) {
            throw new TimeoutException("no broker answers within " + Duration.ofSeconds(6));
        }
    }
}
