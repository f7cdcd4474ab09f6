package dev.whirl.invoker.pool;

import static dev.whirl.common.Preconditions.require;

import java.time.Duration;

/// What the pool learns from the calls of the past.
///
/// @param learns whether it does; else every action has the same keep-alive, the longest idle goes first, and stem
///     cells are as many as the manifest says
/// @param longestIdle longest keep-alive of an action whose calls come far apart
/// @param mostStemCells most stem cells of one runtime that demand can bring about
/// @param actions most actions about which something is remembered
public record DemandConfig(boolean learns, Duration longestIdle, int mostStemCells, int actions) {
    public DemandConfig {
        require(longestIdle.isPositive(), "longest idle time must be positive, got %s", longestIdle);
        require(mostStemCells >= 0, "negative number of stem cells %d", mostStemCells);
        require(actions >= 1, "at least one action is remembered, got %d", actions);
    }
}
