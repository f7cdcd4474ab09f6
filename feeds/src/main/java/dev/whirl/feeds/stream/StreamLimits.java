package dev.whirl.feeds.stream;

import java.util.concurrent.Semaphore;

/// What streams of one process share.
///
/// @param open for each source that is open
/// @param firing a permit for each firing under way, with alarms together
record StreamLimits(OpenStreams open, Semaphore firing) {}
