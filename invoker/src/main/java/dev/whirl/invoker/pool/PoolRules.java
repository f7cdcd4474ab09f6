package dev.whirl.invoker.pool;

import dev.whirl.invoker.pool.PoolDecision.For;
import dev.whirl.invoker.pool.PoolDecision.StartCold;
import dev.whirl.invoker.pool.PoolDecision.UsePrewarmed;
import dev.whirl.invoker.pool.PoolDecision.UseWarm;
import dev.whirl.invoker.pool.PoolDecision.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rules of the pool (row I-19; design, decision 3). Pure.
///
/// 1. A place in a warm sandbox.
/// 2. Wait, if a place is likely to come sooner than a start takes, or enough sandboxes are on their way.
/// 3. A stem cell.
/// 4. A start, if memory allows, with those evicted that are missed least.
/// 5. Wait.
final class PoolRules {
    private static final Wait FOR_PLACE = new Wait(For.PLACE);
    private static final Wait FOR_START = new Wait(For.START);
    private static final Wait FOR_MEMORY = new Wait(For.MEMORY);

    /// Work of which a start is worth so many runs is quick.
    private static final int RUNS_FOR_A_START = 4;

    /// Shorter work is quick however short a start is.
    private static final long QUICK_NANOS = Duration.ofMillis(10).toNanos();

    /// How long work that seems to lack processors is not believed to lack places.
    private static final long PATIENCE_NANOS = Duration.ofSeconds(1).toNanos();

    private PoolRules() {}

    /// @param job the one of its action that has waited longest; it is among those that the load counts as waiting
    static PoolDecision decide(PoolView pool, Job job, long nowNanos) {
        Slot warm = pool.warmPlace(job.key());
        if (warm != null) {
            return new UseWarm(warm);
        }
        Slot stem = pool.stemCell(job.demand());
        ActionLoad load = pool.load(job.key());
        StartCost cost = pool.startCost(job.demand());
        // a stem cell has to be replaced: beyond a handful an action pays the whole price for one
        boolean isHandful =
                load.sandboxes() >= pool.steadySandboxes() && !job.demand().isSingleUse();
        long startNanos = stem == null || isHandful ? cost.coldNanos() : cost.preparedNanos();
        if (!needsAnother(load, job) || !isWorthIt(pool, load, job, startNanos, nowNanos)) {
            return FOR_PLACE;
        }
        if (stem != null) {
            long growth = job.demand().memoryBytes() - stem.memoryBytes;
            Optional<List<Slot>> evicted = room(pool, job, growth, stem, nowNanos);
            if (evicted.isPresent()) {
                return new UsePrewarmed(stem, evicted.get());
            }
        }
        return start(pool, job, load, nowNanos);
    }

    /// Whether to start a sandbox for an action whose call is likely to come soon, such as the next step of a
    /// sequence: only if it would have to be started for it, from memory that nobody has, and while nobody waits
    /// and no more than half of the starts are taken.
    static boolean isWorthPreparing(PoolView pool, Demand demand, long nowNanos) {
        return pool.load(demand.key()).sandboxes() == 0
                && pool.stemCell(demand) == null
                && pool.waiting() == 0
                && pool.starting(nowNanos) < Math.max(1, pool.parallelStarts() / 2)
                && pool.freeBytes() >= demand.memoryBytes();
    }

    /// Whether one more sandbox would find work and is allowed.
    private static boolean needsAnother(ActionLoad load, Job job) {
        Integer instances = job.demand().instances();
        boolean isAllowed = instances == null || instances == 0 || load.sandboxes() < instances;
        return isAllowed && load.waiting() > load.comingPlaces();
    }

    private static boolean isWorthIt(PoolView pool, ActionLoad load, Job job, long startNanos, long nowNanos) {
        if (job.demand().isSingleUse()) {
            return true; // no place is ever free again
        }
        return !isBoundByProcessors(pool, load, job, pool.startCost(job.demand()), nowNanos)
                && paysOff(load, job, startNanos, pool.steadySandboxes(), nowNanos);
    }

    /// Whether it is better to have one more sandbox of an action than to wait for those that it has: the last of
    /// the queue would wait longer than a start takes, or the first has, or jobs have been waiting for so long
    /// without a break that a few sandboxes more are well spent, though each wait is short.
    private static boolean paysOff(ActionLoad load, Job job, long startNanos, int steadySandboxes, long nowNanos) {
        if (load.servingPlaces() == 0) {
            // as long as the first ones are on their way nobody knows whether the work is quick
            return load.sandboxes() < steadySandboxes || nowNanos - job.sinceNanos() > startNanos;
        }
        int uncovered = load.waiting() - load.comingPlaces();
        long expectedWait = load.meanRunNanos() * uncovered / load.servingPlaces();
        boolean isSteady = load.sandboxes() < steadySandboxes && nowNanos - load.backlogSinceNanos() > startNanos;
        return expectedWait > startNanos || nowNanos - job.sinceNanos() > startNanos || isSteady;
    }

    /// Whether it is processors that the jobs of an action lack, and not places: all of them are busy, and what a run
    /// can have of them is little beside what a start takes. One more sandbox would slow down the others by as much
    /// as it does itself. Work that sleeps leaves processors idle, so this is not about it; should it sleep beside
    /// work of others that leaves none, it gets one more each second.
    private static boolean isBoundByProcessors(PoolView pool, ActionLoad load, Job job, StartCost cost, long nowNanos) {
        if (!pool.areProcessorsBusy() || load.servingPlaces() == 0) {
            return false;
        }
        int places = load.servingPlaces();
        long mostWorkNanos = load.meanRunNanos() * Math.min(pool.steadySandboxes(), places) / places;
        boolean isQuick = mostWorkNanos < Math.max(QUICK_NANOS, cost.coldNanos() / RUNS_FOR_A_START);
        boolean isPatient =
                nowNanos - job.sinceNanos() < PATIENCE_NANOS || nowNanos - load.backlogSinceNanos() < PATIENCE_NANOS;
        return isQuick && isPatient;
    }

    private static PoolDecision start(PoolView pool, Job job, ActionLoad load, long nowNanos) {
        // half of the starts are kept for actions that have no sandbox at all
        int limit = load.sandboxes() == 0 ? pool.parallelStarts() : Math.max(1, pool.parallelStarts() / 2);
        if (pool.starting(nowNanos) >= limit) {
            return FOR_START;
        }
        if (pool.startingFor(job.key().caller()) >= limit) {
            return FOR_PLACE; // what it has under way does not come, which is nobody else's affair
        }
        return room(pool, job, job.demand().memoryBytes(), null, nowNanos)
                .<PoolDecision>map(StartCold::new)
                .orElse(FOR_MEMORY);
    }

    /// What to evict so that so much memory is free; empty if it can't be.
    private static Optional<List<Slot>> room(
            PoolView pool, Job job, long neededBytes, @Nullable Slot kept, long nowNanos) {
        long missing = neededBytes - pool.freeBytes();
        if (neededBytes <= 0) {
            return Optional.of(List.of());
        }
        long reserved = pool.reservedBytes(job, nowNanos);
        if (missing + reserved <= 0) {
            return Optional.of(List.of());
        }
        long keptBytes = kept == null ? 0 : kept.memoryBytes;
        if (missing + reserved > pool.idleBytes() + pool.stemBytes() - keptBytes) {
            return Optional.empty();
        }
        return Optional.of(victims(pool, missing, kept, nowNanos));
    }

    private static List<Slot> victims(PoolView pool, long missingBytes, @Nullable Slot kept, long nowNanos) {
        var victims = new ArrayList<Slot>();
        long missing = collect(pool.leastMissedFirst(nowNanos), missingBytes, kept, victims);
        collect(pool.stemCells(), missing, kept, victims);
        return victims;
    }

    private static long collect(Iterable<Slot> from, long missingBytes, @Nullable Slot kept, List<Slot> into) {
        long missing = missingBytes;
        for (Slot each : from) {
            if (missing <= 0) {
                break;
            }
            if (each != kept) {
                into.add(each);
                missing -= each.memoryBytes;
            }
        }
        return missing;
    }
}
