package dev.whirl.bus.kafka;

import dev.whirl.bus.kafka.Progress.Run;
import dev.whirl.bus.kafka.Progress.RunList;
import dev.whirl.bus.kafka.Progress.State;
import dev.whirl.model.activation.ActivationId;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// What became of each message of an invoker's topic since the lease was had: only what is not done is held; all
/// else that was read is done. Belongs to one thread.
///
/// | an invocation | when | then |
/// |---|---|---|
/// | taken | starts | started, once that is durable |
/// | taken | can't be made durable, or the lease is away | refused: handed over again |
/// | taken, started | settles | done |
final class Ledger {
    /// What to do with a message that was read.
    enum Arrival {
        /// Done, or with its receiver.
        SKIP,
        /// To be handed over; it has not started.
        FRESH,
        /// To be handed over as something that may have started.
        LEFT
    }

    private static final class Entry {
        final long offset;
        final boolean isAccepted;
        boolean isStarted;
        boolean isRefused;

        Entry(long offset, boolean isAccepted, boolean isStarted) {
            this.offset = offset;
            this.isAccepted = isAccepted;
            this.isStarted = isStarted;
        }
    }

    private final Progress left;
    private final long leftEnd;
    private final TreeMap<Long, Entry> open = new TreeMap<>();
    private final Map<ActivationId, Entry> byId = new HashMap<>();
    private long next;
    private int refused;

    /// @param left what the holder before has told
    /// @param leftEnd the first offset that it can't have handed over
    Ledger(Progress left, long leftEnd) {
        this.left = left;
        this.leftEnd = leftEnd;
        this.next = left.watermark();
    }

    /// The first offset that was not read.
    long next() {
        return next;
    }

    /// How many are with their receiver.
    int taken() {
        return open.size() - refused;
    }

    /// Whether all has been read that the holder before may have handed over.
    boolean isPastLeft() {
        return next >= leftEnd;
    }

    /// Whether the message at this offset has nothing more to tell. Anything else is to be read and told of: by
    /// [#arrive] or [#done].
    boolean isDone(long offset) {
        if (offset < next) {
            Entry entry = open.get(offset);
            return entry == null || !entry.isRefused;
        }
        return stateLeft(offset) == State.SETTLED;
    }

    /// A message that nobody needs to follow, or that is done already.
    void done(long offset) {
        next = Math.max(next, offset + 1);
    }

    /// An invocation that was read, maybe again.
    Arrival arrive(long offset, ActivationId id, boolean isAccepted) {
        Entry known = open.get(offset);
        if (known != null) {
            return again(known);
        }
        if (offset < next || byId.containsKey(id)) {
            done(offset);
            return Arrival.SKIP;
        }
        boolean isLeft = stateLeft(offset) == State.STARTED || (!isAccepted && offset < leftEnd);
        var entry = new Entry(offset, isAccepted, isLeft);
        open.put(offset, entry);
        byId.put(id, entry);
        done(offset);
        return isLeft ? Arrival.LEFT : Arrival.FRESH;
    }

    private Arrival again(Entry entry) {
        if (!entry.isRefused) {
            return Arrival.SKIP;
        }
        entry.isRefused = false;
        refused--;
        return entry.isStarted ? Arrival.LEFT : Arrival.FRESH;
    }

    /// The first call for an invocation that was taken may start it, if that can be made durable.
    boolean start(ActivationId id) {
        Entry entry = byId.get(id);
        if (entry == null || entry.isStarted || entry.isRefused) {
            return false;
        }
        entry.isStarted = true;
        return true;
    }

    /// It has not started, and whoever had it has forgotten it.
    void refuse(ActivationId id) {
        Entry entry = byId.get(id);
        if (entry != null) {
            entry.isStarted = false;
            again(id);
        }
    }

    /// As [#refuse], if it has not started.
    void refuseUnstarted(ActivationId id) {
        Entry entry = byId.get(id);
        if (entry != null && !entry.isStarted) {
            again(id);
        }
    }

    /// To be handed over once more, as what it is now.
    void again(ActivationId id) {
        Entry entry = byId.get(id);
        if (entry != null && !entry.isRefused) {
            entry.isRefused = true;
            refused++;
        }
    }

    /// @return whether it was open
    boolean settle(ActivationId id) {
        Entry entry = byId.remove(id);
        if (entry == null) {
            return false;
        }
        open.remove(entry.offset);
        refused -= entry.isRefused ? 1 : 0;
        return true;
    }

    /// Where reading goes on: at the first that is to be handed over again, or where it stopped.
    long resumeAt() {
        if (refused > 0) {
            for (Entry entry : open.values()) {
                if (entry.isRefused) {
                    return entry.offset;
                }
            }
        }
        return next;
    }

    boolean hasRefused() {
        return refused > 0;
    }

    /// Nobody is there any more to say what became of those whose start needs no word.
    void abandon() {
        open.values().stream().filter(each -> !each.isAccepted).forEach(each -> each.isStarted = true);
    }

    Progress progress(String holder, boolean isClean) {
        long watermark = open.isEmpty() ? next : Math.min(open.firstKey(), next);
        var runs = new RunList();
        long at = watermark;
        for (Entry entry : open.values()) {
            runs.add(State.SETTLED, entry.offset - at);
            runs.add(entry.isStarted ? State.STARTED : State.TAKEN, 1);
            at = entry.offset + 1;
        }
        runs.add(State.SETTLED, next - at);
        addLeft(runs);
        return new Progress(watermark, holder, isClean, runs.runs());
    }

    private void addLeft(RunList runs) {
        long room = left.isClean() ? Long.MAX_VALUE : leftEnd - next;
        for (Run run : left.runsFrom(next)) {
            runs.add(run.state(), Math.min(run.count(), room));
            room = Math.max(0, room - run.count());
        }
    }

    /// What was written after the holder before had lost its lease can't be its.
    private State stateLeft(long offset) {
        return left.isClean() || offset < leftEnd ? left.stateAt(offset) : State.TAKEN;
    }
}
