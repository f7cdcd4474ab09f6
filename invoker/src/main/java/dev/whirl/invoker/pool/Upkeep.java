package dev.whirl.invoker.pool;

import dev.whirl.invoker.pool.SandboxState.Idle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What time alone brings about: jobs that have waited too long, sandboxes that nobody uses, stem cells to replace.
/// Guarded by the pool's lock.
final class Upkeep {
    private static final long STEM_RETRY = Duration.ofSeconds(30).toNanos();

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

    /// Starts a stem cell if one is missing: one at a time, from free memory only, and not while a job is waiting for
    /// a start or an init, which it would slow down.
    void refillStems(long now) {
        boolean isQuiet =
                roster.tally.starting == 0 && roster.tally.preparing == 0 && roster.queues.hungriest() == null;
        if (isQuiet) {
            roster.stems
                    .missing(roster.freeBytes(), cell -> failedLately(cell, now))
                    .ifPresent(cell -> dispatch.startStem(cell, now));
        }
    }

    /// Remembers that a stem cell could not be started.
    void stemFailed(Slot slot, long now) {
        roster.stems.wantedLike(slot.spec).forEach(cell -> failures.put(cell, now));
    }

    private boolean failedLately(StemCell cell, long now) {
        Long failed = failures.get(cell);
        return failed != null && now - failed < STEM_RETRY;
    }

    private void removeUnused(long now) {
        long limit = now - config.idleTimeout().toNanos();
        Slot oldest = roster.longestResting();
        while (oldest != null && Dispatch.isIdleSince(oldest, limit)) {
            dispatch.retire(oldest);
            oldest = roster.longestResting();
        }
        List<Slot> surplus = new ArrayList<>();
        for (Slot each : roster.stemCells()) {
            if (Dispatch.isIdleSince(each, limit) && roster.stems.isSurplus(each)) {
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
