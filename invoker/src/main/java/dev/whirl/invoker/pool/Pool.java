package dev.whirl.invoker.pool;

import dev.whirl.common.units.ByteSize;
import dev.whirl.invoker.pool.Job.Answer;
import dev.whirl.invoker.pool.Job.Place;
import dev.whirl.invoker.pool.Job.Task;
import dev.whirl.model.entity.EntityId;
import dev.whirl.sandbox.Sandbox;
import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.Sandboxes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/// The sandboxes of one invoker and the jobs that want them.
///
/// Guarded by `lock`: the books (`roster` and all that hangs on it), `dispatch`, `upkeep`, `lastJob`. What follows
/// from an event is collected under the lock and done outside of it.
public final class Pool implements AutoCloseable {
    private static final int MOST_ATTEMPTS = 3;
    private static final Duration CLOSING = Duration.ofSeconds(15);

    private final Object lock = new Object();
    private final Roster roster;
    private final Dispatch dispatch;
    private final Upkeep upkeep;
    private final Workshop workshop;
    private final Housekeeper housekeeper;
    private final Processors processors = Processors.ofThisMachine();
    private final LongSupplier nanos;
    private final PoolConfig config;
    private long lastJob;

    /// @param stemCells what to keep ready
    /// @param sandboxes where they come from; it stays the caller's
    /// @param nanos a monotonic clock, such as `System::nanoTime`
    public Pool(PoolConfig config, List<StemCell> stemCells, Sandboxes sandboxes, LongSupplier nanos) {
        this.config = config;
        this.nanos = nanos;
        roster = new Roster(config, stemCells);
        dispatch = new Dispatch(config, roster);
        upkeep = new Upkeep(config, roster, dispatch);
        workshop = new Workshop(this, sandboxes);
        housekeeper = new Housekeeper(this::tick);
    }

    /// Begins to keep stem cells ready and to tidy up.
    public void start() {
        housekeeper.start();
    }

    /// Waits for a place and takes it. Call on a virtual thread.
    ///
    /// @return granted, with the sandbox thawed and of the right size; or refused
    /// @throws InterruptedException if the thread was interrupted while it waited; it has no place then
    public Admission lease(Demand demand) throws InterruptedException {
        String problem = "";
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            switch (ask(demand)) {
                case Job.Refused(var reason, var detail) -> {
                    return new Admission.Refused(reason, detail);
                }
                case Place place -> {
                    try {
                        return new Admission.Granted(enter(place, demand));
                    } catch (SandboxException e) {
                        problem = String.valueOf(e.getMessage());
                        event(now -> dispatch.ruined(place.slot(), 0, now));
                    } catch (RuntimeException | Error e) { // a mistake, but the place must not be lost with it
                        event(now -> dispatch.ruined(place.slot(), 0, now));
                        throw e;
                    }
                }
            }
        }
        return new Admission.Refused(Reason.START_FAILED, problem);
    }

    /// Starts a sandbox for a job that is likely to come soon, if there is memory to spare and nobody waits.
    public void prepare(Demand demand) {
        event(now -> dispatch.prepare(demand, now));
    }

    /// How many stem cells are ready for a runtime.
    public int stemCells(String runtime) {
        synchronized (lock) {
            return roster.stems.ready(runtime);
        }
    }

    /// Sandboxes of certain actions take no more runs; those without work go at once.
    public void retire(Predicate<ActionKey> which) {
        event(now -> dispatch.retire(which));
    }

    public PoolSnapshot snapshot() {
        synchronized (lock) {
            Tally tally = roster.tally;
            long available = roster.freeBytes() + tally.idleBytes + tally.stemBytes;
            return new PoolSnapshot(
                    tally.busy + tally.preparing,
                    tally.idle,
                    tally.prewarmed,
                    tally.starting,
                    roster.queues.size(),
                    ByteSize.bytes(tally.usedBytes),
                    ByteSize.bytes(Math.max(0, available)));
        }
    }

    /// Free places in warm sandboxes, by action. Costs as much as there are actions with sandboxes.
    public Map<EntityId, Integer> warmPlaces() {
        var places = new HashMap<EntityId, Integer>();
        synchronized (lock) {
            for (ActionGroup each : roster.groups()) {
                int free = each.freePlaces();
                if (free > 0) {
                    places.merge(each.key.action(), free, Integer::sum);
                }
            }
        }
        return places;
    }

    public ByteSize memory() {
        return config.memory();
    }

    /// Refuses all jobs from now on, those that wait included, and closes every sandbox, with or without a run in it.
    /// Waits a bounded time until they are gone.
    @Override
    public void close() {
        event(now -> dispatch.stop());
        List<Slot> left;
        synchronized (lock) {
            left = List.copyOf(roster.all());
        }
        left.forEach(workshop::closeNow);
        awaitEmpty();
        housekeeper.stop();
    }

    long now() {
        return nanos.getAsLong();
    }

    void initialized(Slot slot, long tookNanos) {
        event(now -> {
            dispatch.prepared(slot, Optional.of(tookNanos), now);
            upkeep.refillStems(now);
        });
    }

    void giveBack(Slot slot, Sandbox sandbox, long heldNanos, boolean isReusable) {
        if (!isReusable) {
            event(now -> dispatch.ruined(slot, heldNanos, now));
        } else if (isLast(slot, heldNanos)) {
            boolean isClean = workshop.isClean(sandbox);
            event(now -> dispatch.inspected(slot, isClean, now));
        }
    }

    /// Reports a sandbox that was started.
    void started(Slot slot, Sandbox sandbox) {
        event(now -> {
            dispatch.started(slot, sandbox, now);
            upkeep.refillStems(now);
        });
    }

    /// Reports a start that failed.
    void startFailed(Slot slot, Job.Refused reason) {
        event(now -> {
            if (slot.group == null) {
                upkeep.stemFailed(slot, now);
            }
            dispatch.startFailed(slot, reason, now);
        });
    }

    /// Reports a sandbox that is gone.
    void closed(Slot slot) {
        event(now -> {
            dispatch.closed(slot, now);
            upkeep.refillStems(now);
        });
        synchronized (lock) {
            lock.notifyAll();
        }
    }

    /// Reports a sandbox that is frozen, or could not be.
    void pauseEnded(Slot slot, boolean isFrozen) {
        event(now -> {
            if (isFrozen) {
                dispatch.frozen(slot, now);
            } else {
                dispatch.broke(slot, now);
            }
        });
    }

    private Answer ask(Demand demand) throws InterruptedException {
        Job job;
        Place place;
        List<Effect> effects;
        synchronized (lock) {
            long now = now();
            job = new Job(demand, ++lastJob, now, new CompletableFuture<>());
            place = dispatch.request(job, now);
            effects = dispatch.takeEffects();
        }
        perform(effects);
        if (place != null) {
            return place;
        }
        housekeeper.wake();
        return await(job);
    }

    private Answer await(Job job) throws InterruptedException {
        try {
            return job.answer().get();
        } catch (InterruptedException e) {
            abandon(job);
            throw e;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a job is answered, never failed", e);
        }
    }

    private void abandon(Job job) {
        boolean hadNoAnswer;
        synchronized (lock) {
            hadNoAnswer = dispatch.cancel(job);
        }
        if (!hadNoAnswer && job.answer().join() instanceof Place place) {
            if (place.task() instanceof Task.Initialize initialize) {
                initialize.closeFirst().forEach(workshop::close);
            }
            giveBack(place.slot(), sandboxOf(place.slot()), 0, place.task() instanceof Task.None);
        }
    }

    private Lease enter(Place place, Demand demand) throws SandboxException {
        Slot slot = place.slot();
        Sandbox sandbox = sandboxOf(slot);
        StartKind kind = switch (place.task()) {
            case Task.None _ -> StartKind.WARM;
            case Task.Thaw _ -> {
                sandbox.resume();
                event(now -> dispatch.prepared(slot, Optional.empty(), now));
                yield StartKind.WARM;
            }
            case Task.Initialize(var closeFirst, var start) -> {
                closeFirst.forEach(workshop::close);
                fit(sandbox, demand);
                yield start;
            }
        };
        return new Lease(this, slot, sandbox, kind, demand.isSingleUse(), now());
    }

    private static void fit(Sandbox sandbox, Demand demand) throws SandboxException {
        if (!sandbox.spec().memory().equals(demand.spec().memory())) {
            sandbox.resize(demand.spec().memory());
        }
    }

    private static Sandbox sandboxOf(Slot slot) {
        Sandbox sandbox = slot.sandbox;
        if (sandbox == null) {
            throw new IllegalStateException("no sandbox behind " + slot);
        }
        return sandbox;
    }

    /// Gives a place back; the last one has to look the sandbox over.
    private boolean isLast(Slot slot, long heldNanos) {
        boolean isLast;
        List<Effect> effects;
        synchronized (lock) {
            isLast = dispatch.left(slot, heldNanos, now());
            effects = dispatch.takeEffects();
        }
        perform(effects);
        return isLast;
    }

    /// @return whether jobs are waiting
    private boolean tick() {
        boolean areBusy = processors.areBusy(now());
        event(now -> {
            roster.noteProcessors(areBusy);
            upkeep.tick(now);
        });
        synchronized (lock) {
            return roster.queues.size() > 0;
        }
    }

    private void event(Event event) {
        List<Effect> effects;
        synchronized (lock) {
            long now = now();
            event.happen(now);
            effects = dispatch.takeEffects();
        }
        perform(effects);
    }

    private void perform(List<Effect> effects) {
        for (Effect each : effects) {
            switch (each) {
                case Effect.Tell(var job, var answer) -> job.answer().complete(answer);
                case Effect.Start(var slot, var closeFirst) -> workshop.start(slot, closeFirst);
                case Effect.Close(var slot) -> workshop.closeSoon(slot);
                case Effect.Pause(var slot) -> workshop.pause(slot);
            }
        }
    }

    private void awaitEmpty() {
        long deadline = System.nanoTime() + CLOSING.toNanos();
        synchronized (lock) {
            while (!roster.all().isEmpty() && System.nanoTime() < deadline) {
                try {
                    lock.wait(100);
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    private interface Event {
        void happen(long nowNanos);
    }
}
