package dev.whirl.bus.kafka;

import dev.whirl.bus.kafka.Ledger.Arrival;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.message.Invocation;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;

/// The lease on an invoker's work, as one member of its group sees it, with the [Ledger] of what became of the
/// work. The group's generation is the epoch: what an earlier holder says is refused by the broker.
///
/// Belongs to the reader's thread, but for [#isFull] and [#taken].
final class Holding {
    enum Commit {
        DONE,
        /// The group is being ordered anew: ask again after the next poll.
        LATER,
        FAILED
    }

    private enum State {
        AWAY,
        ADOPTING,
        HELD
    }

    /// Brokers keep 4,096 bytes with an offset, if they are not told otherwise.
    static final int MOST_METADATA = 4_000;

    private static final long BETWEEN_COMMITS = Duration.ofMillis(200).toNanos();
    private static final long BETWEEN_REFUSED = Duration.ofMillis(250).toNanos();
    private static final int SHARE_OF_SESSION = 3;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final TopicPartition work;
    private final Consumer<byte[], byte[]> consumer;
    private final BusMeters meters;
    private final int mostTaken;
    private final Shrinking shrinking;
    private final long sessionNanos;
    private final Duration patience;
    private final LongSupplier nanos;

    private State state = State.AWAY;
    private String holder = "";
    private Ledger ledger = new Ledger(Progress.none(0), 0);
    private boolean hasNews;
    private long lastCommit;
    private long lastSign;
    private long lastAgain;
    private volatile int taken;

    /// @param mostTaken how much is handed over and not done before reading stands still
    /// @param shrinking is told what is done for good
    Holding(
            TopicPartition work,
            Consumer<byte[], byte[]> consumer,
            int mostTaken,
            Shrinking shrinking,
            KafkaBusConfig config,
            BusMeters meters) {
        this(work, consumer, mostTaken, shrinking, config, meters, System::nanoTime);
    }

    /// @param nanos the time, on a scale of its own
    Holding(
            TopicPartition work,
            Consumer<byte[], byte[]> consumer,
            int mostTaken,
            Shrinking shrinking,
            KafkaBusConfig config,
            BusMeters meters,
            LongSupplier nanos) {
        this.nanos = nanos;
        this.work = work;
        this.consumer = consumer;
        this.meters = meters;
        this.mostTaken = mostTaken;
        this.shrinking = shrinking;
        this.sessionNanos = config.timeouts().session().toNanos();
        this.patience = config.timeouts().publish();
    }

    boolean isHeld() {
        return state == State.HELD;
    }

    /// Whether reading stands still because so much is taken and not done.
    boolean isFull() {
        return taken >= mostTaken;
    }

    /// How much was taken and is not done, as of a moment ago.
    int taken() {
        return taken;
    }

    /// The group has given the work to this member.
    void given() {
        state = State.ADOPTING;
    }

    /// The broker has ended the lease; somebody else may have it.
    void lost() {
        if (state != State.AWAY) {
            meters.lease(work.topic(), "lost");
        }
        state = State.AWAY;
    }

    /// Takes the lease up, if it was given: reads what the holder before has told, and marks it as ours before
    /// anything is handed over.
    ///
    /// @return whether it was; then what was read meanwhile is read once more
    boolean adoptIfGiven() {
        if (state != State.ADOPTING) {
            return false;
        }
        OffsetAndMetadata told = consumer.committed(Set.of(work), patience).get(work);
        long first = consumer.beginningOffsets(Set.of(work), patience).getOrDefault(work, 0L);
        long end = consumer.endOffsets(Set.of(work), patience).getOrDefault(work, 0L);
        // an offset beyond the end belongs to a topic of the same name that was removed
        Progress left = told == null || told.offset() > end
                ? Progress.none(first)
                : Progress.parse(told.offset(), told.metadata());
        if (left.holder().isEmpty() || !left.holder().equals(holder)) {
            begin(left, first, end);
        }
        consumer.seek(work, ledger.resumeAt());
        state = State.HELD;
        if (commit() != Commit.DONE) {
            state = state == State.HELD ? State.ADOPTING : state;
            return false;
        }
        meters.lease(work.topic(), "had");
        return true;
    }

    /// Nobody has had it meanwhile: then the ledger still stands. Otherwise all that was taken is no more ours.
    private void begin(Progress left, long first, long end) {
        if (left.watermark() < first) {
            meters.expired(work.topic(), first - left.watermark());
        }
        byte[] name = new byte[4];
        RANDOM.nextBytes(name);
        holder = HexFormat.of().formatHex(name);
        ledger = new Ledger(left, left.isClean() ? left.watermark() : end);
    }

    /// Whether the message has nothing more to tell.
    boolean isDone(long offset) {
        return ledger.isDone(offset);
    }

    /// A message that nobody follows.
    void done(long offset) {
        ledger.done(offset);
        hasNews = true;
    }

    Arrival arrive(long offset, Invocation invocation) {
        return ledger.arrive(offset, invocation.id(), invocation.isAccepted());
    }

    /// Whether it may start, once the next commit is done.
    boolean start(ActivationId id) {
        if (state == State.HELD) {
            return ledger.start(id);
        }
        ledger.refuseUnstarted(id);
        return false;
    }

    void refuse(ActivationId id) {
        ledger.refuse(id);
    }

    /// Hands it over once more, as what it is now.
    void again(ActivationId id) {
        lastAgain = nanos.getAsLong();
        ledger.again(id);
    }

    void settle(ActivationId id) {
        hasNews |= ledger.settle(id);
    }

    /// Whether others can't have the lease yet. It is proved by a commit, now and then; a process that stood still
    /// for longer than its session must not hand over what it still gets to read.
    boolean isSure() {
        return isHeld() && (nanos.getAsLong() - lastSign < sessionNanos || commit() == Commit.DONE);
    }

    /// Forgets what was polled and not told to the ledger: it is read once more.
    void rewind() {
        if (isHeld() && consumer.assignment().contains(work)) {
            consumer.seek(work, ledger.resumeAt());
        }
    }

    boolean isCommitDue() {
        if (state != State.HELD) {
            return false;
        }
        long now = nanos.getAsLong();
        return (hasNews && now - lastCommit >= BETWEEN_COMMITS) || now - lastSign >= sessionNanos / SHARE_OF_SESSION;
    }

    /// Makes durable what is known.
    Commit commit() {
        return state == State.HELD ? commit(false) : Commit.FAILED;
    }

    private Commit commit(boolean isClean) {
        Progress exact = ledger.progress(holder, isClean);
        Progress told = exact.within(MOST_METADATA);
        if (told.runs().size() < exact.runs().size()) {
            meters.coarsened(work.topic());
        }
        long before = nanos.getAsLong();
        try {
            consumer.commitSync(Map.of(work, new OffsetAndMetadata(told.watermark(), told.toText())), patience);
            lastSign = before;
            lastCommit = before;
            hasNews = false;
            shrinking.doneBelow(told.watermark());
            return Commit.DONE;
        } catch (RebalanceInProgressException | WakeupException _) {
            return Commit.LATER;
        } catch (CommitFailedException | FencedInstanceIdException _) {
            lost();
            return Commit.FAILED;
        } catch (KafkaException e) {
            meters.interrupted(work.topic(), e);
            return Commit.FAILED;
        }
    }

    /// Stops reading while too much is taken, and goes back to what was refused.
    void pace() {
        if (state != State.HELD) {
            return;
        }
        long now = nanos.getAsLong();
        if (ledger.hasRefused() && now - lastAgain >= BETWEEN_REFUSED && commit() == Commit.DONE) {
            lastAgain = now;
            rewind();
        }
        taken = ledger.taken();
        boolean mustPause = isFull() && !ledger.hasRefused();
        boolean isPaused = consumer.paused().contains(work);
        if (mustPause && !isPaused) {
            consumer.pause(Set.of(work));
        } else if (isPaused && !mustPause) {
            consumer.resume(Set.of(work));
        }
    }

    /// Gives the lease back with a last word on the progress.
    ///
    /// @param isTold whether everything that was handed over is known to the ledger
    void giveUp(boolean isTold) {
        if (state == State.HELD) {
            if (isTold) {
                ledger.abandon();
            }
            commit(isTold && ledger.isPastLeft());
            meters.lease(work.topic(), "given back");
        }
        state = State.AWAY;
    }
}
