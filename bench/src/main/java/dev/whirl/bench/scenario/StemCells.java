package dev.whirl.bench.scenario;

import dev.whirl.bench.http.Api;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The stem cells of one kind that a platform has at hand: as the gauge `whirl_pool_stem_cells` of its metrics says.
final class StemCells {
    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final Api api;
    private final String kind;
    private final Duration pause;
    private double most = 1;

    /// @param pause how long to wait where the metrics say nothing
    StemCells(Api api, String kind, Duration pause) {
        this.api = api;
        this.kind = kind;
        this.pause = pause;
    }

    /// Waits until there are as many as there ever were, at least one: while the platform is making more, it is busy
    /// with
    /// that. Goes on after three seconds without them.
    void await() throws InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        OptionalDouble ready = ready();
        if (ready.isEmpty()) {
            Thread.sleep(pause);
            return;
        }
        while (ready.orElse(most) < most && System.nanoTime() < end) {
            Thread.sleep(LOOK_EVERY);
            ready = ready();
        }
        most = Math.max(most, ready.orElse(most));
    }

    private OptionalDouble ready() {
        try {
            Api.Answer answer = api.get("/metrics");
            return answer.isSuccess() ? parse(answer.body(), kind) : OptionalDouble.empty();
        } catch (IOException _) {
            return OptionalDouble.empty();
        }
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
