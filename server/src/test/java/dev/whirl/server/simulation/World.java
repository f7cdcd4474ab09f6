package dev.whirl.server.simulation;

import dev.whirl.bus.kafka.SimulatedProcess;
import dev.whirl.common.time.ManualClock;
import dev.whirl.model.activation.ActivationId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/// Time, chance and processes of a simulation: one thing happens after the other, in an order that follows from the
/// seed.
final class World implements SimulatedInvoker.Witness {
    private record Event(long at, long order, Runnable what) {}

    private final ManualClock clock = new ManualClock(Instant.EPOCH);
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final Map<ActivationId, Integer> runs = new HashMap<>();
    private final Random random;
    private Runnable check = () -> {};
    private long now;
    private long order;

    World(long seed) {
        random = new Random(seed);
    }

    ManualClock clock() {
        return clock;
    }

    Random random() {
        return random;
    }

    long now() {
        return now;
    }

    Map<ActivationId, Integer> runs() {
        return runs;
    }

    /// An invocation runs at most once, whatever happens.
    @Override
    public void runs(ActivationId id) {
        if (runs.merge(id, 1, Integer::sum) > 1) {
            throw new AssertionError("%s runs twice, at %d ms".formatted(id, now / 1_000_000));
        }
    }

    void later(long nanos, Runnable what) {
        events.add(new Event(now + nanos, order++, what));
    }

    void runUntil(long end) {
        while (!events.isEmpty() && events.element().at() <= end) {
            Event next = events.remove();
            now = next.at();
            clock.set(Instant.EPOCH.plus(Duration.ofNanos(now)));
            next.what().run();
            check.run();
        }
        now = end;
    }

    /// What is to be checked after each event.
    void afterEach(Runnable next) {
        check = next;
    }

    Life begin(String name) {
        return new Life(name);
    }

    /// One process, from its start to its end.
    final class Life implements SimulatedProcess {
        private final String name;
        private final Deque<Runnable> held = new ArrayDeque<>();
        private boolean hasEnded;
        private boolean isPaused;
        private boolean isCutOff;

        private Life(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean isRunning() {
            return !hasEnded && !isPaused;
        }

        @Override
        public boolean isCutOff() {
            return isCutOff;
        }

        /// Nothing goes between it and the broker, or everything does again.
        void cutOff(boolean isSo) {
            isCutOff = isSo;
        }

        boolean hasEnded() {
            return hasEnded;
        }

        @Override
        public void later(long nanos, Runnable what) {
            World.this.later(nanos, () -> happen(what));
        }

        private void happen(Runnable what) {
            if (isPaused) {
                held.addLast(what);
            } else if (!hasEnded) {
                what.run();
            }
        }

        void crash() {
            hasEnded = true;
            held.clear();
        }

        void pause() {
            isPaused = true;
        }

        /// What should have happened meanwhile happens now.
        void goOn() {
            isPaused = false;
            while (!held.isEmpty()) {
                happen(held.removeFirst());
            }
        }
    }
}
