package dev.whirl.feeds.provide;

/// Work for one feed, until it is closed.
public interface Running extends AutoCloseable {
    /// Starts nothing new. What is under way may go on to its end.
    @Override
    void close();
}
