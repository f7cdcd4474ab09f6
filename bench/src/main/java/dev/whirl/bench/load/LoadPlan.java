package dev.whirl.bench.load;

import static dev.whirl.common.Preconditions.require;

import java.time.Duration;

/// A load, how long it is offered, and the status that counts as success.
public record LoadPlan(Load load, Duration time, int expectedStatus) {
    private static final Duration LONGEST = Duration.ofMinutes(30);

    public LoadPlan {
        require(time.isPositive() && time.compareTo(LONGEST) <= 0, "a run of %s is not possible", time);
    }

    public LoadPlan lasting(Duration other) {
        return new LoadPlan(load, other, expectedStatus);
    }
}
