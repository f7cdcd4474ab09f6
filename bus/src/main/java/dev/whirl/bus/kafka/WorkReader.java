package dev.whirl.bus.kafka;

import dev.whirl.bus.Bus.Subscription;
import dev.whirl.bus.BusException;
import dev.whirl.bus.Deliveries;
import dev.whirl.model.activation.ActivationId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/// Reads the work of one invoker while this process has the lease on it, and keeps track of what becomes of it.
///
/// One thread owns the consumer and the [Holding]; what others say comes through `requests`. Calls of [#started]
/// that come while the broker stores the progress share the next round to it.
///
/// | state | event | next |
/// |-------|-------|------|
/// | away | the group gives the work to this member | adopting |
/// | adopting | what the holder before has told is read, and the lease is marked as ours | held |
/// | held | the broker says that the lease is over | away: nothing starts |
/// | held | the group takes the work away | away, after a last word on the progress |
final class WorkReader implements Subscription, Deliveries {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration POLL_WHILE_WAITING = Duration.ofMillis(5);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration CLOSE = Duration.ofSeconds(10);
    private static final Duration JOIN = Duration.ofSeconds(10);

    private sealed interface Request {
        record Start(ActivationId id, CompletableFuture<Boolean> answer) implements Request {}

        record Settle(ActivationId id) implements Request {}
    }

    private final TopicPartition work;
    private final Consumer<byte[], byte[]> consumer;
    private final Holding holding;
    private final WorkReceiver receiver;
    private final Lease lease;
    private final KafkaBusConfig config;
    private final BusMeters meters;
    private final Thread thread;

    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final List<Request.Start> starting = new ArrayList<>();
    private final AtomicBoolean isWaiting = new AtomicBoolean();
    private final CompletableFuture<@Nullable Void> firstHeld = new CompletableFuture<>();
    private volatile boolean isClosing;
    private volatile boolean isEnded;

    WorkReader(
            TopicPartition work,
            Consumer<byte[], byte[]> consumer,
            WorkReceiver receiver,
            Lease lease,
            Holding holding,
            KafkaBusConfig config,
            BusMeters meters) {
        this.work = work;
        this.consumer = consumer;
        this.receiver = receiver;
        this.lease = lease;
        this.config = config;
        this.meters = meters;
        this.holding = holding;
        String name = (lease.role() == Lease.Role.OWNER ? "bus-" : "bus-takeover-") + work.topic();
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    /// Begins to contend for the lease.
    WorkReader start() {
        consumer.subscribe(List.of(work.topic()), new Rebalances());
        if (lease.role() == Lease.Role.OWNER) {
            meters.taken(work.topic(), holding);
        }
        thread.start();
        return this;
    }

    /// Waits for the lease.
    ///
    /// @throws BusException if another process has it, or no broker gives it; then the reader is closed
    WorkReader awaitLease() {
        Duration patience = config.timeouts().session().plus(JOIN);
        try {
            firstHeld.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return this;
        } catch (ExecutionException | TimeoutException e) {
            close();
            String reason = e instanceof TimeoutException
                    ? "no broker gave the lease on it within " + patience.toSeconds() + " s"
                    : Reasons.of(e);
            throw new BusException("topic %s can't be read: %s".formatted(work.topic(), reason), e);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new BusException("interrupted while waiting for topic " + work.topic(), e);
        }
    }

    @Override
    public boolean started(ActivationId id) {
        var answer = new CompletableFuture<Boolean>();
        ask(new Request.Start(id, answer), true);
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false; // it may count as started: then it gets a record when the lease changes hands
        }
    }

    @Override
    public void settled(ActivationId id) {
        ask(new Request.Settle(id), holding.isFull());
    }

    @Override
    public void close() {
        isClosing = true;
        consumer.wakeup();
        Threads.join(thread, CLOSE);
    }

    private void ask(Request request, boolean isUrgent) {
        requests.add(request);
        if (isEnded) {
            refuseAll();
        } else if (isUrgent && isWaiting.compareAndSet(true, false)) {
            consumer.wakeup();
        }
    }

    private void run() {
        try {
            while (!isClosing) {
                step();
            }
            finish();
        } finally {
            starting.forEach(each -> each.answer().complete(false));
            isEnded = true;
            refuseAll();
            Threads.close(consumer);
        }
    }

    private void step() {
        try {
            ConsumerRecords<byte[], byte[]> messages = poll();
            hear(); // first: what was given back and is done may be among the messages again
            if (holding.adoptIfGiven()) {
                firstHeld.complete(null);
            } else if (holding.isHeld() && !messages.isEmpty()) {
                receiver.receive(messages.records(work), holding);
            }
            answer();
        } catch (WakeupException _) {
            // somebody wants to be heard: the next step does
        } catch (RuntimeException | Error e) { // nothing may end the reading
            meters.interrupted(work.topic(), e);
            holding.rewind();
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        isWaiting.set(true);
        boolean isIdle = requests.isEmpty() && !isClosing;
        try {
            Duration most = starting.isEmpty() ? POLL : POLL_WHILE_WAITING;
            return consumer.poll(isIdle ? most : Duration.ZERO);
        } catch (WakeupException _) {
            return ConsumerRecords.empty();
        } finally {
            isWaiting.set(false);
        }
    }

    /// Takes note of what others have said.
    private void hear() {
        for (Request next = requests.poll(); next != null; next = requests.poll()) {
            switch (next) {
                case Request.Settle(ActivationId id) -> holding.settle(id);
                case Request.Start start when holding.start(start.id()) -> starting.add(start);
                case Request.Start start -> start.answer().complete(false);
            }
        }
    }

    /// Makes what is known durable where somebody waits for that or it is time.
    private void answer() {
        hear();
        if (!starting.isEmpty() || holding.isCommitDue()) {
            switch (holding.commit()) {
                case DONE -> answerAll(true);
                case FAILED -> answerAll(false);
                case LATER -> {}
            }
        }
        holding.pace();
    }

    private void answerAll(boolean isDurable) {
        for (Request.Start each : starting) {
            if (!isDurable) {
                holding.refuse(each.id());
            }
            each.answer().complete(isDurable);
        }
        starting.clear();
    }

    private void finish() {
        try {
            answer();
            holding.giveUp(true);
        } catch (RuntimeException e) {
            meters.interrupted(work.topic(), e);
        }
    }

    private void refuseAll() {
        for (Request next = requests.poll(); next != null; next = requests.poll()) {
            if (next instanceof Request.Start start) {
                start.answer().complete(false);
            }
        }
    }

    /// Called out of `poll` and `close`, by the reader's thread.
    private final class Rebalances implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (partitions.contains(work)) {
                holding.given();
            } else if (lease.isOwnedByPeer()) {
                firstHeld.completeExceptionally(
                        new IllegalStateException("another process is this very invoker, and alive"));
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (partitions.contains(work)) {
                holding.giveUp(lease.role() == Lease.Role.TAKER);
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            if (partitions.contains(work)) {
                holding.lost();
            }
        }
    }
}
