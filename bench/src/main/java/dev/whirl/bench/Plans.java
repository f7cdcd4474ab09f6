package dev.whirl.bench;

import dev.whirl.bench.scenario.ColdPlan;
import dev.whirl.bench.scenario.Scenarios;
import dev.whirl.bench.scenario.WarmPlan;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How long and how often each part measures, so that the warm part stays below two minutes, or below half a minute
/// when it has to be quick.
record Plans(WarmPlan warm, ColdPlan cold, int starts) {
    private static final Duration REFILL = Duration.ofMillis(300);

    static Plans of(Options options) {
        return new Plans(
                options.isQuick ? quickWarm(options) : warm(options),
                options.isQuick
                        ? cold(options.count, 8, Duration.ofSeconds(5))
                        : cold(options.count, 20, Duration.ofSeconds(30)),
                options.isQuick ? 1 : 3);
    }

    /// Of sequences: a few callers warm them up, one is measured.
    WarmPlan sequence() {
        return warm.comparing(List.of(1, 4));
    }

    /// Of two ways to the same function.
    WarmPlan comparison() {
        return warm.comparing(warm.connections());
    }

    private static WarmPlan warm(Options options) {
        return new WarmPlan(
                options.connections.isEmpty() ? List.of(1, 8, 32) : options.connections,
                options.rate,
                seconds(options.seconds, 3),
                Duration.ofSeconds(1),
                Duration.ofSeconds(110),
                options.bareCommand());
    }

    private static WarmPlan quickWarm(Options options) {
        return new WarmPlan(
                options.connections.isEmpty() ? List.of(1, 32) : options.connections,
                options.rate,
                seconds(options.seconds, 0.8),
                Duration.ofMillis(250),
                Duration.ofSeconds(24),
                options.bareCommand());
    }

    private static ColdPlan cold(@Nullable Integer count, int otherwise, Duration longest) {
        return new ColdPlan(Scenarios.COLD_KINDS, count == null ? otherwise : count, REFILL, longest);
    }

    private static Duration seconds(@Nullable Double given, double otherwise) {
        return Duration.ofMillis(Math.round((given == null ? otherwise : given) * 1000));
    }
}
