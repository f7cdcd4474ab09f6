package dev.whirl.feeds.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One time at which a trigger is to be fired.
///
/// @param missedSince the first of the times that this firing stands for; null if it stands for its own only
public record Occurrence(Instant scheduled, @Nullable Instant missedSince) {}
