package dev.whirl.feeds.feed;

/// What becomes of firings whose time passed while nobody could fire.
public enum Missed {
    /// They are left out.
    SKIP,
    /// One firing stands for all of them.
    ONCE,
    /// Each is made up for, the oldest first.
    ALL
}
