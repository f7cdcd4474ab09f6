package dev.whirl.bench.scenario;

import dev.whirl.bench.report.Cost;
import dev.whirl.bench.report.Measurement;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lets a subject work until the compiler of the server is done with it: until that uses next to no processor time any
/// more, and neither the rate nor the processor time for a call gets better. The rate alone would not do: while the
/// thorough compiler has much to do, it stands still for seconds at a third of what it becomes.
///
/// @param slice how long it works before it is looked at again
/// @param longest it counts as warm after that in any case
public record WarmUp(Duration slice, Duration longest) {
    private static final int SLICES_WITHOUT_GAIN = 2;
    private static final double GAIN = 0.03;

    /// The share of a processor above which a compiler is at work.
    private static final double COMPILING = 0.10;

    /// Runs a subject for a time.
    @FunctionalInterface
    interface Run {
        Measurement of(Duration time) throws IOException, InterruptedException;
    }

    /// @param compiler the processor time of the server's compiler so far
    void until(Run run, Supplier<Duration> compiler) throws IOException, InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        List<Measurement> slices = new ArrayList<>();
        boolean isCompiling = true;
        while ((isCompiling || !isSteady(slices)) && System.nanoTime() < end) {
            Duration before = compiler.get();
            slices.add(run.of(slice));
            isCompiling = isBusy(compiler.get().minus(before));
        }
    }

    private boolean isBusy(Duration compiling) {
        return compiling.toNanos() > COMPILING * slice.toNanos();
    }

    /// Whether the last slices were no better than the best before them.
    static boolean isSteady(List<Measurement> slices) {
        int count = slices.size() - SLICES_WITHOUT_GAIN;
        if (count < 1) {
            return false;
        }
        List<Measurement> before = slices.subList(0, count);
        List<Measurement> last = slices.subList(count, slices.size());
        return bestRate(last) <= bestRate(before) * (1 + GAIN) && leastCpu(last) >= leastCpu(before) * (1 - GAIN);
    }

    private static double bestRate(List<Measurement> slices) {
        return slices.stream().mapToDouble(Measurement::perSecond).max().orElse(0);
    }

    private static double leastCpu(List<Measurement> slices) {
        return slices.stream()
                .mapToDouble(slice -> serverMicros(slice.cost()))
                .min()
                .orElse(0);
    }

    private static double serverMicros(@Nullable Cost cost) {
        return cost == null ? 0 : cost.serverMicrosPerCall();
    }
}
