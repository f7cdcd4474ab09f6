package dev.whirl.invoker.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// The calls of a day, by the seed. The shape is that of the published traces of a large platform (Shahrad et al.,
/// 2020): a few functions have nearly all calls, almost half are called once an hour or less, and of those that
/// are called now and then a good part by timers; the others come by chance or in bursts.
final class DayOfCalls {
    static final long DAY = Duration.ofDays(1).toNanos();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long HOUR = Duration.ofHours(1).toNanos();
    private static final int[] PERIODS = {5, 10, 15, 15, 30, 60, 60, 60};
    private static final int[] SIZES = {128, 256, 256, 512};

    /// One call.
    record Call(long at, Demand demand, long runNanos) {}

    final List<Call> calls = new ArrayList<>();
    private final Random random;
    private int functions;

    private DayOfCalls(long seed) {
        random = new Random(seed);
    }

    static List<Call> of(long seed) {
        var day = new DayOfCalls(seed);
        for (int i = 0; i < 4; i++) {
            day.byChance(5 * SECOND);
        }
        for (int i = 0; i < 60; i++) { // from every minute to every hour
            day.byChance((long) (MINUTE * Math.pow(60, day.random.nextDouble())));
        }
        for (int i = 0; i < 90; i++) {
            day.byTimer(PERIODS[day.random.nextInt(PERIODS.length)] * MINUTE);
        }
        for (int i = 0; i < 40; i++) {
            day.inBursts(HOUR);
        }
        for (int i = 0; i < 120; i++) { // once an hour or less
            day.byChance((long) (HOUR * (1 + 3 * day.random.nextDouble())));
        }
        day.calls.sort(java.util.Comparator.comparingLong(Call::at));
        return day.calls;
    }

    private void byChance(long meanNanos) {
        Demand demand = function();
        for (long at = apart(meanNanos); at < DAY; at += apart(meanNanos)) {
            call(at, demand);
        }
    }

    private void byTimer(long periodNanos) {
        Demand demand = function();
        for (long at = (long) (random.nextDouble() * periodNanos); at < DAY; at += periodNanos) {
            call(at + (long) (random.nextDouble() * 2 * SECOND), demand);
        }
    }

    /// Some calls within minutes, then none for long.
    private void inBursts(long meanNanos) {
        Demand demand = function();
        for (long at = apart(meanNanos); at < DAY; at += apart(meanNanos)) {
            long each = at;
            for (int i = 0; i <= random.nextInt(8); i++) {
                call(each, demand);
                each += apart(30 * SECOND);
            }
        }
    }

    private long apart(long meanNanos) {
        return (long) (-Math.log(1 - random.nextDouble()) * meanNanos);
    }

    private void call(long at, Demand demand) {
        long run = (long) (Math.exp(random.nextGaussian()) * 200 * Fixtures.MILLI);
        calls.add(new Call(at, demand, Math.min(run, 30 * SECOND)));
    }

    private Demand function() {
        int kind = random.nextInt(100);
        String runtime = kind < 50 ? "node" : kind < 80 ? "python" : kind < 92 ? "java" : "swift";
        int size = SIZES[random.nextInt(SIZES.length)];
        return new Demand(Fixtures.key("function" + functions++), Fixtures.spec(runtime, size), 1, null);
    }
}
