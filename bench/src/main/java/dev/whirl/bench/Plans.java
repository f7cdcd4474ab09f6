package dev.whirl.bench;

import static dev.whirl.common.Preconditions.require;

import dev.whirl.bench.scenario.ColdPlan;
import dev.whirl.bench.scenario.LoadTimes;
import dev.whirl.bench.scenario.ScaleSizes;
import dev.whirl.bench.scenario.WarmUp;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/// How long and how often each part measures.
///
/// @param connections of closed loops
/// @param steadyRate calls a second at a fixed rate
/// @param acceptRate the same for calls that nobody waits for
/// @param manyActions how many the store holds with which a start is measured
/// @param sustained how long functions never called before come without a pause
/// @param soak how long memory is watched under constant load
/// @param sizes how far things grow
record Plans(
        List<Integer> connections,
        int steadyRate,
        int acceptRate,
        LoadTimes loads,
        ColdPlan cold,
        int repeat,
        int manyActions,
        Duration sustained,
        Duration soak,
        ScaleSizes sizes) {
    private static final int REPEAT = 5;
    private static final Duration REFILL = Duration.ofMillis(300);
    private static final WarmUp THOROUGH = new WarmUp(Duration.ofSeconds(1), Duration.ofSeconds(20));
    private static final Duration BRIEF = Duration.ofMillis(250);
    private static final Duration LONGEST_BRIEF = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(60);

    static Plans of(Options options) {
        boolean isQuick = options.isQuick;
        int repeat = Objects.requireNonNullElse(options.repeat, isQuick ? 1 : REPEAT);
        require(repeat >= 1 && repeat <= 100, "--repeat must be 1 to 100, got %d", repeat);
        Duration time = seconds(Objects.requireNonNullElse(options.seconds, isQuick ? 0.8 : 3.0));
        int count = Objects.requireNonNullElse(options.count, isQuick ? 8 : 20);
        return new Plans(
                options.connections.isEmpty() ? connections(isQuick) : options.connections,
                Objects.requireNonNullElse(options.rate, 1000),
                Objects.requireNonNullElse(options.rate, 3000),
                new LoadTimes(time, repeat, isQuick ? brief(time) : THOROUGH, LONGEST),
                new ColdPlan(count, repeat, REFILL, Duration.ofSeconds(isQuick ? 5 : 30)),
                repeat,
                isQuick ? 0 : 100_000,
                seconds(Objects.requireNonNullElse(options.seconds, isQuick ? 2.0 : 8.0)),
                seconds(Objects.requireNonNullElse(options.seconds, isQuick ? 4.0 : 30.0)),
                isQuick ? ScaleSizes.QUICK : options.isFull ? ScaleSizes.FULL : ScaleSizes.USUAL);
    }

    /// The heaviest closed loop alone: where one way is compared with another by its rate.
    List<Integer> heaviest() {
        return List.of(connections.stream().mapToInt(Integer::intValue).max().orElse(1));
    }

    /// In proportion to what is measured afterwards.
    private static WarmUp brief(Duration time) {
        return new WarmUp(shorter(BRIEF, time), shorter(LONGEST_BRIEF, time.multipliedBy(8)));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static List<Integer> connections(boolean isQuick) {
        return isQuick ? List.of(1, 32) : List.of(1, 8, 32);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
