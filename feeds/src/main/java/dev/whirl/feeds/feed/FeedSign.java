package dev.whirl.feeds.feed;

/// What everybody needs to know of a feed, without what makes it large.
///
/// @param generation another one after each change by its owner
/// @param bytes of its document
public record FeedSign(FeedKind kind, String generation, boolean isActive, int bytes) {}
