package dev.whirl.invoker.pool;

import dev.whirl.invoker.pool.SandboxState.Idle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What time alone brings about: jobs that have waited too long, sandboxes that nobody uses, stem cells to replace.
/// Guarded by the pool's lock.
final class Upkeep {
    private static final long STEM_RETRY = Duration.ofSeconds(30).toNanos();

    /// A sandbox idle for so long makes room for a stem cell.
    private static final long UNUSED = Duration.ofMinutes(1).toNanos();

    /// The same where most of the pool is idle.
    private static final long LITTLE_USED = Duration.ofSeconds(5).toNanos();

    private final PoolConfig config;
    private final Roster roster;
    private final Dispatch dispatch;

    /// When starting a stem cell failed last; as many entries as there are sorts of them.
    private final Map<StemCell, Long> failures = new HashMap<>();

    Upkeep(PoolConfig config, Roster roster, Dispatch dispatch) {
        this.config = config;
        this.roster = roster;
        this.dispatch = dispatch;
    }

    void tick(long now) {
        dispatch.expire(now);
        dispatch.settleAll(now);
        removeUnused(now);
        pauseIdle(now);
        refillStems(now);
    }

    /// Starts a stem cell if one is missing: one at a time, and not while a job is waiting for a start or an init,
    /// which it would slow down. It takes free memory, else that of sandboxes which nobody is likely to miss.
    void refillStems(long now) {
        boolean isQuiet =
                roster.tally.starting == 0 && roster.tally.preparing == 0 && roster.queues.hungriest() == null;
        if (!isQuiet) {
            return;
        }
        for (StemCell cell : roster.stems.missing()) {
            Optional<List<Slot>> evicted = failedLately(cell, now) ? Optional.empty() : room(cell, now);
            if (evicted.isPresent()) {
                dispatch.startStem(cell, evicted.get(), now);
                return;
            }
        }
    }

    /// Remembers that a stem cell could not be started.
    void stemFailed(Slot slot, long now) {
        roster.stems.wantedLike(slot.spec).forEach(cell -> failures.put(cell, now));
    }

    private Optional<List<Slot>> room(StemCell cell, long now) {
        long missing = cell.spec().memory().bytes() - roster.freeBytes();
        var victims = new ArrayList<Slot>();
        if (missing > 0) {
            boolean idlesMostly = roster.idleBytes() > config.memory().bytes() / 2;
            long limit = now - (idlesMostly ? LITTLE_USED : UNUSED);
            for (Slot each : roster.longestIdleFirst()) {
                if (missing <= 0 || !each.isIdleSince(limit)) {
                    break;
                }
                victims.add(each);
                missing -= each.memoryBytes;
            }
        }
        return missing > 0 ? Optional.empty() : Optional.of(victims);
    }

    private boolean failedLately(StemCell cell, long now) {
        Long failed = failures.get(cell);
        return failed != null && now - failed < STEM_RETRY;
    }

    private void removeUnused(long now) {
        long limit = now - config.idleTimeout().toNanos();
        Slot oldest = roster.longestResting();
        while (oldest != null && oldest.isIdleSince(limit)) {
            dispatch.retire(oldest);
            oldest = roster.longestResting();
        }
        List<Slot> surplus = new ArrayList<>();
        for (Slot each : roster.stemCells()) {
            if (each.isIdleSince(limit) && roster.stems.isSurplus(each)) {
                surplus.add(each);
            }
        }
        surplus.stream().filter(roster.stems::isSurplus).forEach(dispatch::retire);
    }

    private void pauseIdle(long now) {
        long limit = now - config.pauseGrace().toNanos();
        Slot oldest = roster.longestPausable();
        while (oldest != null && oldest.state instanceof Idle(var since) && since - limit <= 0) {
            dispatch.pause(oldest);
            oldest = roster.longestPausable();
        }
    }
}
