package dev.whirl.bench.scenario;

import dev.whirl.bench.http.Api;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The stem cells of one kind that a platform has at hand: as the gauge `whirl_pool_stem_cells` of its metrics says,
/// where they may be read.
final class StemCells {
    /// Containers take seconds where the machine is small.
    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final @Nullable Api metrics;
    private final String kind;
    private final Duration pause;
    private double most = 1;

    /// @param metrics with the key that reads them; null where nobody has it
    /// @param pause how long to wait where there are no metrics
    StemCells(@Nullable Api metrics, String kind, Duration pause) {
        this.metrics = metrics;
        this.kind = kind;
        this.pause = pause;
    }

    /// Waits until there are as many as there ever were, at least one: while the platform is making more, it is busy
    /// with that.
    ///
    /// @throws IOException if there are none after fifteen seconds, or the metrics do not tell
    void await() throws IOException, InterruptedException {
        if (metrics == null) {
            Thread.sleep(pause);
            return;
        }
        long end = System.nanoTime() + LONGEST.toNanos();
        double ready = ready(metrics);
        while (ready < most && System.nanoTime() < end) {
            Thread.sleep(LOOK_EVERY);
            ready = ready(metrics);
        }
        if (ready < 1) {
            throw new IOException("no stem cell of %s is there after %d s".formatted(kind, LONGEST.toSeconds()));
        }
        most = Math.max(most, ready);
    }

    private double ready(Api metrics) throws IOException {
        Api.Answer answer = metrics.getWithKey("/metrics");
        if (!answer.isSuccess()) {
            throw new IOException("the server's metrics can't be read: status " + answer.status());
        }
        return parse(answer.body(), kind).orElse(0);
    }

    /// Reads the gauge of a kind, summed over its other tags, out of metrics in Prometheus form.
    static OptionalDouble parse(String metrics, String kind) {
        Pattern gauge = Pattern.compile(
                "^whirl_pool_stem_cells\\{(?:[^}]*,)?kind=\"" + Pattern.quote(kind) + "\"[^}]*}\\s+(\\S+)$",
                Pattern.MULTILINE);
        Matcher matcher = gauge.matcher(metrics);
        OptionalDouble sum = OptionalDouble.empty();
        while (matcher.find()) {
            sum = OptionalDouble.of(sum.orElse(0) + Double.parseDouble(matcher.group(1)));
        }
        return sum;
    }
}
