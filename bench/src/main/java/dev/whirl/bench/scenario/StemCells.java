package dev.whirl.bench.scenario;

import dev.whirl.bench.http.Api;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Waits until a platform has a stem cell at hand: as its metrics say, or for a pause where they say nothing.
final class StemCells {
    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private StemCells() {}

    static void await(Api api, String kind, Duration pause) throws InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        Thread.sleep(pause);
        OptionalDouble ready = ready(api, kind);
        while (ready.isPresent() && ready.getAsDouble() < 1 && System.nanoTime() < end) {
            Thread.sleep(LOOK_EVERY);
            ready = ready(api, kind);
        }
    }

    private static OptionalDouble ready(Api api, String kind) {
        try {
            Api.Answer answer = api.get("/metrics");
            return answer.isSuccess() ? parse(answer.body(), kind) : OptionalDouble.empty();
        } catch (IOException _) {
            return OptionalDouble.empty();
        }
    }

    /// Reads the gauge of stem cells of a kind out of metrics in Prometheus form.
    static OptionalDouble parse(String metrics, String kind) {
        Pattern gauge = Pattern.compile(
                "^whirl_[a-z_]*stem_?cells[a-z_]*\\{[^}]*kind=\"" + Pattern.quote(kind) + "\"[^}]*}\\s+(\\S+)$",
                Pattern.MULTILINE);
        Matcher matcher = gauge.matcher(metrics);
        return matcher.find() ? OptionalDouble.of(Double.parseDouble(matcher.group(1))) : OptionalDouble.empty();
    }
}
