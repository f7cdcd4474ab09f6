package dev.whirl.bench.scenario;

import java.time.Duration;
import java.util.List;

/// How first calls are measured.
///
/// @param kinds the languages
/// @param count functions of each kind and way
/// @param refill how long to wait for the next stem cell
/// @param longest functions that were not called by then are left out, for each kind and way
public record ColdPlan(List<String> kinds, int count, Duration refill, Duration longest) {
    public ColdPlan {
        kinds = List.copyOf(kinds);
    }
}
