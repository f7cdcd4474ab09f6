package dev.whirl.invoker.pool;

import dev.whirl.invoker.pool.Effect.Close;
import dev.whirl.invoker.pool.Effect.Pause;
import dev.whirl.invoker.pool.Effect.Start;
import dev.whirl.invoker.pool.Effect.Tell;
import dev.whirl.invoker.pool.Job.Place;
import dev.whirl.invoker.pool.Job.Refused;
import dev.whirl.invoker.pool.PoolDecision.StartCold;
import dev.whirl.invoker.pool.PoolDecision.UsePrewarmed;
import dev.whirl.invoker.pool.PoolDecision.UseWarm;
import dev.whirl.invoker.pool.PoolDecision.Wait;
import dev.whirl.invoker.pool.SandboxEvent.Broke;
import dev.whirl.invoker.pool.SandboxEvent.Claimed;
import dev.whirl.invoker.pool.SandboxEvent.FoundClean;
import dev.whirl.invoker.pool.SandboxEvent.Frozen;
import dev.whirl.invoker.pool.SandboxEvent.InspectionDue;
import dev.whirl.invoker.pool.SandboxEvent.Prepared;
import dev.whirl.invoker.pool.SandboxEvent.Retired;
import dev.whirl.invoker.pool.SandboxEvent.RunEnded;
import dev.whirl.invoker.pool.SandboxEvent.Started;
import dev.whirl.invoker.pool.SandboxState.Busy;
import dev.whirl.invoker.pool.SandboxState.Idle;
import dev.whirl.invoker.pool.SandboxState.Inspecting;
import dev.whirl.invoker.pool.SandboxState.Paused;
import dev.whirl.invoker.pool.SandboxState.Removing;
import dev.whirl.invoker.pool.StemCell.Species;
import dev.whirl.sandbox.Sandbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Keeps the books through everything that happens, and collects what is to be done outside of the lock.
/// Each method is one event; after it, [#takeEffects] has what follows from it. Guarded by the pool's lock.
final class Dispatch {
    /// Runs that overlap all the time must not keep a sandbox from being looked over: after so long it is emptied.
    static final long INSPECTION_INTERVAL = Duration.ofSeconds(30).toNanos();

    private final PoolConfig config;
    private final Roster roster;
    private final List<Effect> effects = new ArrayList<>();
    private boolean isStopping;

    Dispatch(PoolConfig config, Roster roster) {
        this.config = config;
        this.roster = roster;
    }

    /// What is to be done since the last call.
    List<Effect> takeEffects() {
        if (effects.isEmpty()) {
            return List.of();
        }
        var taken = List.copyOf(effects);
        effects.clear();
        return taken;
    }

    /// A job comes in.
    ///
    /// @return its place, if it gets one at once; else null: it is told later
    @Nullable
    Place request(Job job, long now) {
        if (isStopping) {
            tell(job, new Refused(Reason.STOPPING, "the pool is being closed"));
            return null;
        }
        ActionGroup group = roster.group(job.key());
        roster.profiles.called(group, job.demand(), now);
        Slot warm = group.waiting.isEmpty() ? group.warmPlace() : null;
        if (warm != null) {
            return claim(warm, now);
        }
        refusal(job).ifPresentOrElse(refused -> tell(job, refused), () -> roster.queues.add(group, job));
        settle(group, now);
        roster.forgetIfEmpty(group);
        return null;
    }

    /// A job does not want to wait any more.
    ///
    /// @return false if it has its answer already
    boolean cancel(Job job) {
        ActionGroup group = roster.group(job.key());
        boolean wasWaiting = roster.queues.remove(group, job);
        roster.forgetIfEmpty(group);
        return wasWaiting;
    }

    /// A start is over: the sandbox goes to whoever needs it most by now.
    void started(Slot slot, Sandbox sandbox, long now) {
        slot.sandbox = sandbox;
        slot.canResize = sandbox.canResize();
        slot.canPause = sandbox.canPause() && config.pauseGrace().isPositive();
        roster.costs.started(Species.of(slot.spec), now - slot.startedAtNanos);
        ActionGroup group = slot.group;
        roster.move(slot, new Started(now));
        if (slot.state instanceof Removing) {
            effects.add(new Close(slot));
            return;
        }
        roster.release(slot);
        if (group != null) {
            settle(group, now);
        }
        feedHungriest(now);
    }

    /// A start failed. If the action has no other sandbox, its oldest job fails with it.
    void startFailed(Slot slot, Refused reason, long now) {
        ActionGroup group = slot.group;
        roster.move(slot, new Broke());
        roster.remove(slot);
        if (group != null && !group.hasSandboxes()) {
            Job first = group.waiting.peekFirst();
            if (first != null) {
                roster.queues.remove(group, first);
                tell(first, reason);
            }
            settle(group, now);
            roster.forgetIfEmpty(group);
        }
        feedHungriest(now);
    }

    /// The job that had a sandbox alone has initialized it (then it tells how long that took) or thawed it.
    void prepared(Slot slot, Optional<Long> initNanos, long now) {
        initNanos.ifPresent(nanos -> roster.costs.initialized(Species.of(slot.spec), nanos));
        slot.busySinceNanos = now;
        roster.move(slot, new Prepared());
        if (slot.group != null) {
            settle(slot.group, now);
        }
    }

    /// A job gives its place back, and the sandbox may be used again if nothing was left behind in it. Giving back and
    /// learning who was last are one step, so that of runs that end together one is.
    ///
    /// @param heldNanos how long it had the place, 0 if it did not come to a run
    /// @return whether it was the last one in there: then the sandbox is closed to others until [#inspected]
    boolean left(Slot slot, long heldNanos, long now) {
        noteRun(slot, heldNanos, now);
        if (Takeover.isDue(roster, config, slot, now)) {
            roster.move(slot, new Retired());
        } else if (slot.state instanceof Busy && now - slot.busySinceNanos > INSPECTION_INTERVAL) {
            roster.move(slot, new InspectionDue());
        }
        roster.move(slot, new RunEnded());
        if (slot.state instanceof Inspecting) {
            return true;
        }
        goOn(slot, now);
        return false;
    }

    /// The job that left a sandbox last has looked it over.
    void inspected(Slot slot, boolean isClean, long now) {
        if (isClean && Takeover.isDue(roster, config, slot, now)) {
            roster.move(slot, new Retired());
        }
        roster.move(slot, isClean ? new FoundClean(now) : new Broke());
        goOn(slot, now);
    }

    /// A job gives its place back in a sandbox that must not be used again.
    ///
    /// @param heldNanos how long it had the place, 0 if it did not come to a run
    void ruined(Slot slot, long heldNanos, long now) {
        noteRun(slot, heldNanos, now);
        roster.move(slot, new Broke());
        goOn(slot, now);
    }

    private static void noteRun(Slot slot, long heldNanos, long now) {
        if (slot.group != null && heldNanos > 0) {
            slot.group.runs.add(heldNanos);
            slot.group.profile.lastNanos = now;
        }
    }

    private void goOn(Slot slot, long now) {
        closeIfRemoving(slot);
        if (slot.group != null) {
            settle(slot.group, now);
        }
        feedHungriest(now);
    }

    /// A sandbox is frozen.
    void frozen(Slot slot, long now) {
        roster.move(slot, new Frozen());
        closeIfRemoving(slot);
        if (slot.group != null) {
            settle(slot.group, now);
        }
    }

    /// Freezing failed.
    void broke(Slot slot, long now) {
        roster.move(slot, new Broke());
        closeIfRemoving(slot);
        feedHungriest(now);
    }

    /// A sandbox is gone, its memory with it.
    void closed(Slot slot, long now) {
        if (roster.remove(slot)) {
            feedHungriest(now);
        }
    }

    /// Sandboxes of certain actions take no more runs; those without work go at once.
    void retire(Predicate<ActionKey> which) {
        for (Slot each : new ArrayList<>(roster.all())) {
            if (each.group != null && which.test(each.group.key)) {
                retire(each);
            }
        }
    }

    /// One sandbox takes no more runs.
    void retire(Slot slot) {
        if (slot.state instanceof Removing) {
            return;
        }
        roster.move(slot, new Retired());
        closeIfRemoving(slot);
    }

    /// No more jobs; those that wait are refused, and sandboxes go as they become free.
    void stop() {
        isStopping = true;
        for (ActionGroup group : roster.queues.inOrder()) {
            for (Job job : List.copyOf(group.waiting)) {
                roster.queues.remove(group, job);
                tell(job, new Refused(Reason.STOPPING, "the pool is being closed"));
            }
        }
        new ArrayList<>(roster.all()).forEach(this::retire);
    }

    /// Lets every action with waiting jobs have what the rules give it by now, the longest waiting first.
    void settleAll(long now) {
        roster.queues.inOrder().forEach(group -> settle(group, now));
    }

    /// Refuses jobs that have waited too long.
    void expire(long now) {
        for (ActionGroup group : roster.queues.inOrder()) {
            List<Job> late =
                    group.waiting.stream().filter(each -> isLate(each, now)).toList();
            for (Job each : late) {
                roster.queues.remove(group, each);
                long seconds = Duration.ofNanos(now - each.sinceNanos()).toSeconds();
                tell(each, new Refused(Reason.DEADLINE, "waited %d s for a sandbox".formatted(seconds)));
            }
            roster.forgetIfEmpty(group);
        }
    }

    private boolean isLate(Job job, long now) {
        Duration deadline = job.demand().isAccepted() ? config.acceptedDeadline() : config.queueDeadline();
        return now - job.sinceNanos() >= deadline.toNanos();
    }

    /// Begins to freeze a sandbox.
    void pause(Slot slot) {
        roster.move(slot, new SandboxEvent.PauseDue());
        effects.add(new Pause(slot));
    }

    /// Starts a stem cell, with the memory of others.
    void startStem(StemCell cell, List<Slot> evict, long now) {
        if (!isStopping) {
            handOver(evict, cell.spec().memory().bytes());
            effects.add(new Start(roster.open(cell.spec(), null, now), evict));
        }
    }

    /// Starts a sandbox for an action that is likely to be asked for soon, if that costs nobody anything. It is a stem
    /// cell: whoever needs it first takes it, and if nobody does it goes like any that is one too many.
    void prepare(Demand demand, long now) {
        if (PoolRules.isWorthPreparing(roster, demand, now)) {
            startStem(new StemCell(demand.spec(), 1), List.of(), now);
        }
    }

    private Optional<Refused> refusal(Job job) {
        if (job.demand().memoryBytes() > config.memory().bytes()) {
            return Optional.of(new Refused(Reason.TOO_LARGE, "needs more memory than the pool has"));
        }
        return roster.queues.size() >= config.queueLimit()
                ? Optional.of(new Refused(Reason.QUEUE_FULL, roster.queues.size() + " jobs wait already"))
                : Optional.empty();
    }

    /// Gives the waiting jobs of an action what the rules give them, in their order, until one has to wait on.
    private void settle(ActionGroup group, long now) {
        Job first = group.waiting.peekFirst();
        while (first != null) {
            switch (PoolRules.decide(roster, first, now)) {
                case UseWarm(var slot) -> answer(group, first, claim(slot, now));
                case UsePrewarmed(var slot, var evict) -> {
                    group.backlogSinceNanos = now;
                    answer(group, first, takeStem(slot, evict, group, first, now));
                }
                case StartCold(var evict) -> start(evict, group, first, now);
                case Wait(var reason) -> {
                    roster.queues.lacks(group, reason);
                    return;
                }
            }
            first = group.waiting.peekFirst();
        }
    }

    private void feedHungriest(long now) {
        ActionGroup group = roster.queues.hungriest();
        while (group != null) {
            settle(group, now);
            ActionGroup next = roster.queues.hungriest();
            if (next == group) {
                return;
            }
            group = next;
        }
    }

    private void answer(ActionGroup group, Job job, Place place) {
        roster.queues.remove(group, job);
        tell(job, place);
    }

    private Place claim(Slot slot, long now) {
        boolean isPaused = slot.state instanceof Paused;
        if (slot.state instanceof Idle) {
            slot.busySinceNanos = now;
        }
        slot.comingSinceNanos = now;
        roster.move(slot, new Claimed());
        return new Place(slot, isPaused ? Job.THAW : Job.NOTHING);
    }

    private Place takeStem(Slot slot, List<Slot> evict, ActionGroup group, Job job, long now) {
        roster.stems.asked(slot.spec, now);
        handOver(evict, job.demand().memoryBytes() - slot.memoryBytes);
        slot.comingSinceNanos = now;
        roster.move(slot, new Claimed());
        roster.adopt(slot, group, job.demand());
        StartKind kind = slot.startedAtNanos >= job.sinceNanos() ? StartKind.COLD : StartKind.PREWARMED;
        return new Place(slot, new Job.Task.Initialize(evict, kind));
    }

    private void start(List<Slot> evict, ActionGroup group, Job job, long now) {
        group.backlogSinceNanos = now;
        handOver(evict, job.demand().memoryBytes());
        effects.add(new Start(roster.open(job.demand().spec(), group, now), evict));
        roster.queues.endTurn(group);
    }

    /// Marks sandboxes as removed. What is missing of the memory needed is taken from them right now, so that nobody
    /// else gets it; the rest becomes free when they are closed.
    private void handOver(List<Slot> evicted, long neededBytes) {
        long missing = neededBytes - roster.freeBytes();
        for (Slot each : evicted) {
            roster.move(each, new Retired());
            missing -= roster.handOver(each, missing);
        }
    }

    private void closeIfRemoving(Slot slot) {
        if (slot.state instanceof Removing) {
            effects.add(new Close(slot));
        }
    }

    private void tell(Job job, Job.Answer answer) {
        effects.add(new Tell(job, answer));
    }
}
