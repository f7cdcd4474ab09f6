package dev.whirl.controller.invoke;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// How long accepted invocations wait for room, whatever is done to the machine's clock meanwhile.
///
/// @param longest for each
/// @param steady a time that nobody sets; deadlines are in it
record Patience(Duration longest, InstantSource steady) {
    /// When it is over for one that begins to wait now.
    Instant deadline() {
        return steady.instant().plus(longest);
    }

    boolean isOver(Instant deadline) {
        return steady.instant().isAfter(deadline);
    }
}
