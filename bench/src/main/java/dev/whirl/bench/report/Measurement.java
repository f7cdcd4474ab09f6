package dev.whirl.bench.report;

import dev.whirl.bench.load.LoadGenerator;
import dev.whirl.bench.load.LoadResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One line of the table of calls. Latencies are of the calls that succeeded.
public record Measurement(
        String scenario,
        String load,
        long calls,
        double perSecond,
        Latencies latencies,
        Map<String, Long> errors,
        String errorText,
        double generatorMicrosPerCall,
        @Nullable Cost cost) {
    public Measurement {
        errors = Map.copyOf(errors);
    }

    public static Measurement of(String scenario, String load, LoadResult result, @Nullable Cost cost) {
        return new Measurement(
                scenario,
                load,
                result.calls(),
                result.rate(),
                Latencies.of(result),
                result.errors(),
                result.errorText(),
                result.generatorMicrosPerCall(),
                cost);
    }

    private long errorCount() {
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }

    /// Calls that were sent and not answered as expected, or not recorded.
    long failures() {
        return errorCount() - errors.getOrDefault(LoadGenerator.UNSENT, 0L);
    }

    /// Calls that were answered as expected.
    public long successes() {
        long unsent = errors.getOrDefault(LoadGenerator.UNSENT, 0L);
        return calls + unsent - errorCount();
    }

    /// How figures of this row are named: `scenario@load`.
    public String name() {
        return scenario + "@" + load.replace(" ", "");
    }

    /// Its numbers as figures, such as `node-echo-concurrency-1@32/p50-ms`.
    public List<Figure> figures() {
        List<Figure> all = new ArrayList<>();
        all.add(figure("per-second", perSecond));
        all.add(figure("p50-ms", latencies.p50Millis()));
        all.add(figure("p95-ms", latencies.p95Millis()));
        all.add(figure("p99-ms", latencies.p99Millis()));
        all.add(figure("max-ms", latencies.maxMillis()));
        all.add(figure("errors", (double) errorCount()));
        all.add(figure("generator-us", generatorMicrosPerCall));
        if (cost != null) {
            all.add(figure("server-us", cost.serverMicrosPerCall()));
            all.add(figure("runtimes-us", cost.runtimesMicrosPerCall()));
            all.add(figure("server-mb", cost.serverResidentMb()));
            cost.apart().forEach((role, micros) -> all.add(figure(role + "-us", micros)));
        }
        return all;
    }

    private Figure figure(String metric, double value) {
        return new Figure(name() + "/" + metric, value);
    }

    /// The same with errors that were found afterwards.
    public Measurement withErrors(String what, long count) {
        if (count == 0) {
            return this;
        }
        Map<String, Long> all = new TreeMap<>(errors);
        all.merge(what, count, Long::sum);
        return new Measurement(
                scenario,
                load,
                calls,
                perSecond,
                latencies,
                all,
                LoadResult.errorText(all),
                generatorMicrosPerCall,
                cost);
    }

    /// A short form for progress.
    public String toLine() {
        return String.format(
                Locale.ROOT,
                "%s at %s: %,.0f/s, p50 %.3f ms %s",
                scenario,
                load,
                perSecond,
                latencies.p50Millis(),
                errorText);
    }
}
