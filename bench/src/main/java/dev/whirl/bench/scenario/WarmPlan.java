package dev.whirl.bench.scenario;

import java.time.Duration;
import java.util.List;

/// How warm calls are measured.
///
/// @param connections the closed loops
/// @param callsPerSecond the fixed rate
/// @param time how long each scenario is measured
/// @param warmUp how long it runs before that; three times as long when its subject is new
/// @param longest scenarios that have not begun by then are left out
/// @param bareCommand starts a bare Node runtime
public record WarmPlan(
        List<Integer> connections,
        int callsPerSecond,
        Duration time,
        Duration warmUp,
        Duration longest,
        List<String> bareCommand) {
    public WarmPlan {
        connections = List.copyOf(connections);
        bareCommand = List.copyOf(bareCommand);
    }

    /// The same with other closed loops, and warmed up three times as long: where one scenario is compared with
    /// another, the first must not be the one that the compiler has seen least of.
    public WarmPlan comparing(List<Integer> otherConnections) {
        return new WarmPlan(otherConnections, callsPerSecond, time, warmUp.multipliedBy(3), longest, bareCommand);
    }
}
