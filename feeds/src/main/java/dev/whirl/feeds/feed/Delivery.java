package dev.whirl.feeds.feed;

import dev.whirl.model.json.RawJson;

/// How a trigger is fired.
///
/// @param payload what it is fired with: an object
/// @param tellsSchedule whether each firing says for which time it is
/// @param maxFirings how often at most; negative for no bound
public record Delivery(RawJson payload, Missed missed, boolean tellsSchedule, long maxFirings) {}
