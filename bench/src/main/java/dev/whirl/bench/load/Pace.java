package dev.whirl.bench.load;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Says when the next call is due; shared by all workers of a load.
sealed interface Pace {
    /// No further call is due.
    long DONE = Long.MIN_VALUE;

    /// Waits until the next call is due: the time it was meant to be sent, by [System#nanoTime], or [#DONE].
    long next();

    /// Calls that were due and that nobody came to send.
    long unsent();

    static Pace of(LoadPlan plan, long start) {
        long nanos = plan.time().toNanos();
        return switch (plan.load()) {
            case Load.Closed _ -> new AtOnce(start + nanos);
            case Load.Counted(var _, var calls) -> new Counted(new AtomicInteger(calls), start + nanos);
            case Load.Open(var _, var callsPerSecond) -> new AtRate(start, nanos, callsPerSecond);
        };
    }

    /// The next call is due at once, until the time is over.
    record AtOnce(long end) implements Pace {
        @Override
        public long next() {
            long now = System.nanoTime();
            return now < end ? now : DONE;
        }

        @Override
        public long unsent() {
            return 0;
        }
    }

    /// The next call is due at once, until there were as many as wanted or the time is over.
    record Counted(AtomicInteger left, long end) implements Pace {
        @Override
        public long next() {
            long now = System.nanoTime();
            return now < end && left.getAndDecrement() > 0 ? now : DONE;
        }

        @Override
        public long unsent() {
            return 0; // nobody promised that there is time for all
        }
    }

    /// Call number k is due at `start + k / rate`. Late calls are still sent until the time has passed twice and
    /// some more; those left then count as unsent.
    final class AtRate implements Pace {
        private static final long GRACE_NANOS = Duration.ofSeconds(2).toNanos();

        private final AtomicLong claimed = new AtomicLong();
        private final long start;
        private final double intervalNanos;
        private final long total;
        private final long giveUp;

        AtRate(long start, long nanos, int callsPerSecond) {
            this.start = start;
            this.intervalNanos = 1e9 / callsPerSecond;
            this.total = Math.round(nanos / intervalNanos);
            this.giveUp = start + nanos + Math.min(nanos, GRACE_NANOS);
        }

        @Override
        public long next() {
            if (System.nanoTime() > giveUp) {
                return DONE;
            }
            long number = claimed.getAndIncrement();
            if (number >= total) {
                return DONE;
            }
            long due = start + Math.round(number * intervalNanos);
            waitUntil(due);
            return due;
        }

        @Override
        public long unsent() {
            return Math.max(0, total - claimed.get());
        }

        private static void waitUntil(long due) {
            long left = due - System.nanoTime();
            while (left > 0) {
                LockSupport.parkNanos(left);
                left = due - System.nanoTime();
            }
        }
    }
}
