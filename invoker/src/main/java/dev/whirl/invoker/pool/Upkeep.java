package dev.whirl.invoker.pool;

import dev.whirl.invoker.pool.SandboxState.Idle;
import dev.whirl.invoker.pool.StemCell.Species;
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

    /// Sandboxes are looked through for those that nobody uses this often.
    private static final long LOOK_INTERVAL = Duration.ofSeconds(1).toNanos();

    private static final int MOST_FAILURES = 1_000;

    private final PoolConfig config;
    private final Roster roster;
    private final Dispatch dispatch;

    /// When starting a stem cell of a sort failed last.
    private final Map<Species, Long> failures = new HashMap<>();

    private long lookedNanos;

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

    /// Starts a stem cell if one is missing: one at a time, and not while a job is waiting for a start
    /// or an init, which it would slow down. One that never ends keeps nobody from stem cells of another sort.
    /// It takes free memory, else that of sandboxes which nobody is likely to miss.
    void refillStems(long now) {
        if (roster.isMakingReady(now) || roster.queues.hungriest() != null) {
            return;
        }
        for (StemCell cell : roster.stems.missing(now)) {
            Species species = Species.of(cell.spec());
            boolean hasToWait = failedLately(species, now) || roster.isStartingStem(species);
            Optional<List<Slot>> evicted = hasToWait ? Optional.empty() : room(cell, now);
            if (evicted.isPresent()) {
                dispatch.startStem(cell, evicted.get(), now);
                return;
            }
        }
    }

    /// Remembers that a stem cell could not be started.
    void stemFailed(Slot slot, long now) {
        if (failures.size() > MOST_FAILURES) {
            failures.clear(); // users name images
        }
        failures.put(Species.of(slot.spec), now);
    }

    private Optional<List<Slot>> room(StemCell cell, long now) {
        long missing = cell.spec().memory().bytes() - roster.freeBytes();
        var victims = new ArrayList<Slot>();
        if (missing > 0) {
            boolean idlesMostly = roster.idleBytes() > config.memory().bytes() / 2;
            long limit = now - (idlesMostly ? LITTLE_USED : UNUSED);
            for (Slot each : roster.leastMissedFirst(now)) {
                if (missing > 0 && each.isIdleSince(limit)) {
                    victims.add(each);
                    missing -= each.memoryBytes;
                }
            }
        }
        return missing > 0 ? Optional.empty() : Optional.of(victims);
    }

    private boolean failedLately(Species species, long now) {
        Long failed = failures.get(species);
        return failed != null && now - failed < STEM_RETRY;
    }

    private void removeUnused(long now) {
        if (now - lookedNanos < LOOK_INTERVAL) {
            return;
        }
        lookedNanos = now;
        roster.unused(now).forEach(dispatch::retire);
        long limit = now - config.idleTimeout().toNanos();
        List<Slot> surplus = new ArrayList<>();
        for (Slot each : roster.stemCells()) {
            if (each.isIdleSince(limit) && roster.stems.isSurplus(each, now)) {
                surplus.add(each);
            }
        }
        surplus.stream().filter(each -> roster.stems.isSurplus(each, now)).forEach(dispatch::retire);
        prepareDue(now);
    }

    /// Actions whose next call is likely to come soon.
    private void prepareDue(long now) {
        for (Profile each : roster.profiles.all()) {
            Demand demand = each.demand;
            if (demand != null
                    && roster.profiles.keepAlive(each).isDue(now - each.lastNanos)
                    && !failedLately(Species.of(demand.spec()), now)) {
                dispatch.prepare(demand, now);
            }
        }
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
