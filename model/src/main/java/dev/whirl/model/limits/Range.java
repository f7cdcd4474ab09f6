package dev.whirl.model.limits;

import static dev.whirl.common.Preconditions.require;

/// From, to and what counts when nothing is said.
public record Range<T extends Comparable<T>>(T min, T max, T standard) {
    public Range {
        require(
                min.compareTo(standard) <= 0 && standard.compareTo(max) <= 0,
                "%s is not from %s to %s",
                standard,
                min,
                max);
    }
}
