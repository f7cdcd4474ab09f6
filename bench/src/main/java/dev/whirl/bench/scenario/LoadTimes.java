package dev.whirl.bench.scenario;

import static dev.whirl.common.Preconditions.require;

import java.time.Duration;

/// How long and how often loads are measured.
///
/// @param time of each scenario
/// @param rounds how often each is measured; a round goes through all scenarios, so that a slow minute of the machine
///     spoils one repetition of each and not all of one
/// @param warmUp how subjects get warm before they are measured first; each measurement begins with one slice of it
/// @param longest rounds that have not begun by then are left out, but for the first
public record LoadTimes(Duration time, int rounds, WarmUp warmUp, Duration longest) {
    public LoadTimes {
        require(rounds >= 1, "%d repetitions are not possible", rounds);
    }

    /// The same, each measurement lasting at least so long.
    public LoadTimes atLeast(Duration least) {
        return new LoadTimes(time.compareTo(least) < 0 ? least : time, rounds, warmUp, longest);
    }
}
