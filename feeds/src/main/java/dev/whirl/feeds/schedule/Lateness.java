package dev.whirl.feeds.schedule;

import java.time.Duration;

/// From when on a firing counts as missed.
///
/// @param grace a firing that is late by no more is made as usual
/// @param memory what was missed longer ago is left out by every policy
/// @param spread alarms that are not strict fire later by up to this
public record Lateness(Duration grace, Duration memory, Duration spread) {}
