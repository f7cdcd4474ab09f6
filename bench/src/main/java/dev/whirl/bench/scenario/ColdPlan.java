package dev.whirl.bench.scenario;

import java.time.Duration;

/// How first calls are measured.
///
/// @param count functions of each kind and way
/// @param rounds how often
/// @param refill how long to wait between calls where the platform does not say whether it is ready for the next
/// @param longest functions that were not called by then are left out, for each kind and way
public record ColdPlan(int count, int rounds, Duration refill, Duration longest) {}
