package dev.whirl.controller.place;

import dev.whirl.common.time.ManualClock;
import dev.whirl.common.units.ByteSize;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.message.Heartbeat;
import dev.whirl.model.message.InvokerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.IntConsumer;

/// Many invokers and actions on a clock of its own, to see what a way of placing is worth: how many calls find a warm
/// sandbox, and how long those wait that don't. Calls come at random, of few actions often and of many seldom (Zipf).
final class Fleet {
    private static final long SANDBOX_BYTES = ByteSize.mebibytes(256).bytes();
    private static final long SECOND = 1_000_000;
    private static final long BEAT = SECOND;
    private static final long NEWS = SECOND / 10;
    private static final long COLD = SECOND / 2;

    /// Where calls go.
    interface Placer {
        /// @return the number of an invoker
        int place(int action);

        void ended(int invoker, int action);

        /// @param beat not made if nobody wants it
        default void hear(java.util.function.Supplier<Heartbeat> beat) {}
    }

    /// @param slots sandboxes that fit into each
    /// @param perSecond calls
    /// @param runMicros how long one runs, on average
    record Plan(int invokers, int slots, int actions, int controllers, int perSecond, long runMicros, int calls) {}

    /// @param warmShare of the calls
    /// @param waitMillis how long a call waits for its sandbox, on average
    /// @param placeMicros how long placing takes, on average
    record Outcome(double warmShare, double waitMillis, double p99WaitMillis, double placeMicros) {
        @Override
        public String toString() {
            return "%.1f %% warm, wait %.0f ms (p99 %.0f ms), placing %.1f µs"
                    .formatted(100 * warmShare, waitMillis, p99WaitMillis, placeMicros);
        }
    }

    private record Event(long at, long order, Runnable what) {}

    private final Plan plan;
    private final Random random;
    private final ManualClock clock;
    private final List<EntityId> ids = new ArrayList<>();
    private final List<SimulatedInvoker> invokers = new ArrayList<>();
    private final List<Placer> placers;
    private final double[] popularity;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final long[] waits;
    private long order;
    private long now;
    private int calls;
    private int ended;
    private int warm;
    private long placingNanos;

    Fleet(Plan plan, long seed, ManualClock clock, List<Placer> placers) {
        this.plan = plan;
        this.random = new Random(seed);
        this.clock = clock;
        this.placers = placers;
        this.waits = new long[plan.calls()];
        for (int i = 0; i < plan.actions(); i++) {
            ids.add(action(i));
        }
        for (int i = 0; i < plan.invokers(); i++) {
            invokers.add(new SimulatedInvoker(i, plan.slots(), plan.actions()));
        }
        popularity = new double[plan.actions()];
        for (int i = 0; i < popularity.length; i++) {
            popularity[i] = (i == 0 ? 0 : popularity[i - 1]) + 1.0 / (i + 1);
        }
    }

    static EntityId action(int number) {
        return EntityId.of(new NamespaceName("ns" + number % 97), new EntityName("a" + number));
    }

    static PlacementRequest request(EntityId action) {
        return new PlacementRequest(action, SANDBOX_BYTES, 1);
    }

    Outcome run() {
        for (SimulatedInvoker each : invokers) {
            each.tell();
            at(BEAT + random.nextLong(BEAT), () -> each.beat(true));
            at(NEWS + random.nextLong(NEWS), () -> each.beat(false));
        }
        at(0, this::arrive);
        while (ended < plan.calls()) {
            Event next = events.remove();
            now = next.at();
            clock.set(Instant.EPOCH.plus(Duration.ofNanos(now * 1_000)));
            next.what().run();
        }
        Arrays.sort(waits);
        return new Outcome(
                (double) warm / calls,
                Arrays.stream(waits).average().orElse(0) / 1_000,
                waits[(int) (waits.length * 0.99)] / 1_000.0,
                placingNanos / 1_000.0 / calls);
    }

    private void at(long delay, Runnable what) {
        events.add(new Event(now + delay, order++, what));
    }

    private void arrive() {
        int action = popular();
        Placer placer = placers.get(calls % placers.size());
        long before = System.nanoTime();
        int invoker = placer.place(action);
        placingNanos += System.nanoTime() - before;
        int call = calls++;
        long arrived = now;
        invokers.get(invoker).submit(new Call(action, start -> waits[call] = now + start - arrived, () -> {
            ended++;
            placer.ended(invoker, action);
        }));
        if (calls < plan.calls()) {
            at((long) (-Math.log(1 - random.nextDouble()) * SECOND / plan.perSecond()), this::arrive);
        }
    }

    private int popular() {
        double point = random.nextDouble() * popularity[popularity.length - 1];
        int found = Arrays.binarySearch(popularity, point);
        return found >= 0 ? found : -found - 1;
    }

    /// @param started gets how long from now its start takes
    private record Call(int action, IntConsumer started, Runnable over) {}

    /// Sandboxes by action, the one that is idle for longest goes first, a line where there is no room.
    private final class SimulatedInvoker {
        private final int number;
        private final int slots;
        private final int[] idle;
        private final List<Integer> idleInOrder = new ArrayList<>();
        private final List<Call> waiting = new ArrayList<>();
        private int busy;
        private boolean hasNews;

        SimulatedInvoker(int number, int slots, int actions) {
            this.number = number;
            this.slots = slots;
            this.idle = new int[actions];
        }

        void submit(Call call) {
            if (idle[call.action()] > 0) {
                take(call.action());
                warm++;
                run(call, 0);
            } else if (busy < slots) {
                if (busy + idleInOrder.size() == slots) {
                    take(idleInOrder.getFirst());
                }
                run(call, COLD);
            } else {
                waiting.add(call);
            }
        }

        private void take(int action) {
            idleInOrder.remove(Integer.valueOf(action));
            idle[action]--;
        }

        private void run(Call call, long start) {
            busy++;
            hasNews = true;
            call.started().accept((int) start);
            long takes = (long) (-Math.log(1 - random.nextDouble()) * plan.runMicros());
            at(start + takes, () -> {
                busy--;
                idle[call.action()]++;
                idleInOrder.add(call.action());
                hasNews = true;
                call.over().run();
                next(call.action());
            });
        }

        /// The first that waits for such a sandbox, else the first of all.
        private void next(int action) {
            for (int i = 0; i < waiting.size(); i++) {
                if (waiting.get(i).action() == action) {
                    submit(waiting.remove(i));
                    return;
                }
            }
            if (!waiting.isEmpty()) {
                submit(waiting.removeFirst());
            }
        }

        void beat(boolean isDue) {
            if (isDue || hasNews) {
                tell();
            }
            at(isDue ? BEAT : NEWS, () -> beat(isDue));
        }

        void tell() {
            hasNews = false;
            placers.forEach(each -> each.hear(this::heartbeat));
        }

        private Heartbeat heartbeat() {
            var places = new java.util.HashMap<EntityId, Integer>();
            idleInOrder.forEach(each -> places.merge(ids.get(each), 1, Integer::sum));
            return new Heartbeat(
                    new InvokerId(number),
                    ByteSize.bytes(slots * SANDBOX_BYTES),
                    ByteSize.bytes((slots - busy) * SANDBOX_BYTES),
                    places,
                    false);
        }
    }
}
