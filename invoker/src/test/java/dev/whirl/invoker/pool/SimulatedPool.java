package dev.whirl.invoker.pool;

import static dev.whirl.invoker.pool.Fixtures.MILLI;
import static dev.whirl.invoker.pool.RealSandboxes.require;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.common.time.ManualClock;
import dev.whirl.invoker.pool.Job.Answer;
import dev.whirl.invoker.pool.Job.Place;
import dev.whirl.invoker.pool.Job.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The books of a pool in a simulated world: one thread, a manual clock, events in the order of their times, and
/// whatever can go wrong goes wrong by the seed. After each event the invariants of the whole are checked.
final class SimulatedPool {
    /// A job as the world sees it.
    static final class Ticket {
        final long sequence;
        final Demand demand;
        final long runNanos;
        final long since;

        @Nullable
        Answer answer;

        long grantedAt = -1;
        long endedAt = -1;
        boolean isLeased;

        /// What its caller does when it is over.
        Runnable then = () -> {};

        Ticket(long sequence, Demand demand, long runNanos, long since) {
            this.sequence = sequence;
            this.demand = demand;
            this.runNanos = runNanos;
            this.since = since;
        }

        /// Until it ran or was refused.
        long waited() {
            return grantedAt - since;
        }
    }

    private record Event(long at, long order, Runnable happens) {}

    private static final long TICK = 10 * MILLI;
    private static final long CLOSING = 5 * MILLI;

    final PoolConfig config;
    final Roster roster;
    final Dispatch dispatch;
    final List<Ticket> tickets = new ArrayList<>();
    final Random random;
    double faults;
    boolean isChecked = true;
    long tickNanos = TICK;
    boolean isConcurrent;
    boolean canPause;
    long startNanos = 150 * MILLI;
    long initNanos = 10 * MILLI;
    int starts;
    Runnable whenTicked = () -> {};

    final SimulatedProcessors processors = new SimulatedProcessors();

    private final ManualClock clock = new ManualClock(Instant.EPOCH);
    private final Upkeep upkeep;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final Map<Long, Ticket> waiting = new HashMap<>();
    private final RealSandboxes real = new RealSandboxes();

    /// How often each sandbox was looked over.
    final Map<Slot, Integer> inspections = new HashMap<>();

    /// Being looked over after the last run, and of an action that changed: nobody may come in.
    private final Set<Slot> closedToOthers = new HashSet<>();
    private final Set<Slot> outdated = new HashSet<>();
    private long order;

    SimulatedPool(PoolConfig config, List<StemCell> stems, long seed) {
        this.config = config;
        roster = new Roster(config, stems);
        dispatch = new Dispatch(config, roster);
        upkeep = new Upkeep(config, roster, dispatch);
        random = new Random(seed);
    }

    long now() {
        return Duration.between(Instant.EPOCH, clock.instant()).toNanos();
    }

    void at(long nanos, Runnable happens) {
        events.add(new Event(nanos, ++order, happens));
    }

    Ticket submit(Demand demand, long runNanos) {
        var ticket = new Ticket(++order, demand, runNanos, now());
        tickets.add(ticket);
        waiting.put(ticket.sequence, ticket);
        var job = new Job(demand, ticket.sequence, now(), new CompletableFuture<>());
        Place place = dispatch.request(job, now());
        if (place != null) {
            answered(ticket, place);
        }
        perform();
        return ticket;
    }

    /// An action was changed.
    void change(ActionKey key) {
        roster.all().stream()
                .filter(each -> each.group != null && each.group.key.equals(key))
                .filter(each -> !(each.state instanceof SandboxState.Starting))
                .forEach(outdated::add);
        dispatch.retire(key::equals);
        perform();
    }

    /// Lets the world go on until a time, with a tick of the housekeeper each 10 ms.
    void runUntil(long nanos) {
        while (now() < nanos) {
            Event next = events.peek();
            long tick = (now() / tickNanos + 1) * tickNanos;
            if (next != null && next.at() <= Math.min(tick, nanos)) {
                events.poll();
                advanceTo(next.at());
                next.happens().run();
            } else {
                advanceTo(Math.min(tick, nanos));
                roster.noteProcessors(processors.areBusyAtTick());
                upkeep.tick(now());
                whenTicked.run();
            }
            perform();
            check();
        }
    }

    /// Nothing is under way any more and every job had its answer.
    void checkEnd() {
        assertThat(waiting).isEmpty();
        assertThat(tickets).allSatisfy(each -> {
            assertThat(each.answer).isNotNull();
            assertThat(each.isLeased).isFalse();
            assertThat(each.endedAt).isNotNegative();
        });
        assertThat(roster.queues.size()).isZero();
        assertThat(roster.queues.hungriest()).isNull();
        assertThat(roster.groups()).noneMatch(ActionGroup::isEmpty);
        assertThat(real.runs.values()).allMatch(count -> count == 0);
    }

    private void advanceTo(long nanos) {
        clock.advance(Duration.ofNanos(nanos - now()));
    }

    private void perform() {
        List<Effect> effects = dispatch.takeEffects();
        while (!effects.isEmpty()) {
            for (Effect each : effects) {
                switch (each) {
                    case Effect.Tell(var job, var answer) -> answered(ticket(job), answer);
                    case Effect.Start(var slot, var closeFirst) -> start(slot, closeFirst);
                    case Effect.Close(var slot) -> at(now() + CLOSING, () -> closed(slot));
                    case Effect.Pause(var slot) -> at(now() + 2 * MILLI, () -> paused(slot));
                }
            }
            effects = dispatch.takeEffects();
        }
    }

    private Ticket ticket(Job job) {
        Ticket ticket = waiting.get(job.sequence());
        assertThat(ticket).as("job %d is answered once", job.sequence()).isNotNull();
        return java.util.Objects.requireNonNull(ticket);
    }

    private void answered(Ticket ticket, Answer answer) {
        assertThat(ticket.answer).as("answered once").isNull();
        waiting.remove(ticket.sequence);
        ticket.answer = answer;
        ticket.grantedAt = now();
        switch (answer) {
            case Job.Refused _ -> {
                ticket.endedAt = now();
                ticket.then.run();
            }
            case Place(var slot, var task) -> {
                ticket.isLeased = true;
                require(!closedToOthers.contains(slot), "a run in a sandbox that is being looked over: ", slot);
                require(!outdated.contains(slot), "a run in a sandbox of an old revision: ", slot);
                real.runs.merge(slot, 1, Integer::sum);
                processors.taken(1);
                switch (task) {
                    case Task.None _ -> run(ticket, slot);
                    case Task.Thaw _ -> at(now() + MILLI, () -> thawed(ticket, slot));
                    case Task.Initialize initialize -> initialize(ticket, slot, initialize.closeFirst());
                }
            }
        }
    }

    private void start(Slot slot, List<Slot> closeFirst) {
        starts++;
        processors.taken(1);
        long closing = closeFirst.isEmpty() ? 0 : CLOSING;
        at(now() + closing, () -> {
            closeFirst.forEach(this::closed);
            real.bytes.put(slot, slot.spec.memory().bytes());
        });
        at(now() + closing + processors.stretched(varied(startNanos)), () -> {
            processors.taken(-1);
            if (isFault()) {
                real.bytes.remove(slot);
                if (slot.group == null) {
                    upkeep.stemFailed(slot, now());
                }
                dispatch.startFailed(slot, new Job.Refused(Reason.START_FAILED, "fault"), now());
            } else {
                var sandbox = new StubSandbox("s" + slot.number, slot.spec, isConcurrent, canPause);
                dispatch.started(slot, sandbox, now());
            }
            upkeep.refillStems(now());
        });
    }

    private void initialize(Ticket ticket, Slot slot, List<Slot> closeFirst) {
        assertThat(real.code).as("a sandbox takes one init").doesNotContainKey(slot);
        long closing = closeFirst.isEmpty() ? 0 : CLOSING;
        at(now() + closing, () -> {
            closeFirst.forEach(this::closed);
            real.bytes.put(slot, ticket.demand.memoryBytes());
            real.code.put(slot, ticket.demand.key());
        });
        long took = varied(initNanos);
        at(now() + closing + took, () -> {
            if (isFault()) {
                ruined(ticket, slot, 0);
            } else {
                dispatch.prepared(slot, Optional.of(took), now());
                run(ticket, slot);
            }
            upkeep.refillStems(now());
        });
    }

    private void thawed(Ticket ticket, Slot slot) {
        if (isFault()) {
            ruined(ticket, slot, 0);
        } else {
            dispatch.prepared(slot, Optional.empty(), now());
            run(ticket, slot);
        }
    }

    private void run(Ticket ticket, Slot slot) {
        long took = processors.stretched(ticket.runNanos);
        at(now() + took, () -> ended(ticket, slot, took));
    }

    private void ended(Ticket ticket, Slot slot, long took) {
        if (isFault()) {
            ruined(ticket, slot, took);
            return;
        }
        over(ticket, slot);
        boolean isLast = dispatch.left(slot, took, now());
        require(isLast || !isEmptyAndKept(slot), "nobody looks over ", slot);
        if (isLast) {
            closedToOthers.add(slot);
            inspections.merge(slot, 1, Integer::sum);
            if (slot.places == 1) {
                inspected(slot);
            } else {
                at(now() + 3 * MILLI, () -> inspected(slot));
            }
        }
        ticket.then.run();
    }

    private void inspected(Slot slot) {
        closedToOthers.remove(slot);
        dispatch.inspected(slot, !isFault(), now());
    }

    private boolean isEmptyAndKept(Slot slot) {
        return real.runs.getOrDefault(slot, 0) == 0 && !(slot.state instanceof SandboxState.Removing);
    }

    private void ruined(Ticket ticket, Slot slot, long held) {
        over(ticket, slot);
        dispatch.ruined(slot, held, now());
        ticket.then.run();
    }

    private void over(Ticket ticket, Slot slot) {
        ticket.isLeased = false;
        ticket.endedAt = now();
        processors.taken(-1);
        real.runs.merge(slot, -1, Integer::sum);
    }

    private void closed(Slot slot) {
        real.bytes.remove(slot);
        real.code.remove(slot);
        require(real.runs.getOrDefault(slot, 0) == 0, "closed with a run in it: ", slot);
        real.runs.remove(slot);
        dispatch.closed(slot, now());
        upkeep.refillStems(now());
    }

    private void paused(Slot slot) {
        if (isFault()) {
            dispatch.broke(slot, now());
        } else {
            dispatch.frozen(slot, now());
        }
    }

    private boolean isFault() {
        return random.nextDouble() < faults;
    }

    private long varied(long nanos) {
        return nanos / 2 + (long) (random.nextDouble() * nanos);
    }

    private void check() {
        if (isChecked) {
            real.check(roster, config);
            for (ActionGroup group : roster.queues.inOrder()) {
                Job first = group.waiting.getFirst();
                require(group.warmPlace() == null, "a job waits beside a free place: ", first);
                long waited = now() - first.sinceNanos();
                Duration deadline = first.demand().isAccepted() ? config.acceptedDeadline() : config.queueDeadline();
                require(waited <= deadline.toNanos() + TICK, "a job has waited too long: ", first);
            }
        }
    }
}
