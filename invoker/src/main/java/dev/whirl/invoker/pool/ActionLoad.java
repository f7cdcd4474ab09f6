package dev.whirl.invoker.pool;

/// How one action stands.
///
/// @param sandboxes that serve it or will, those that drain not counted
/// @param servingPlaces in sandboxes that have the code
/// @param comingPlaces that will be free for waiting jobs when what is being started, initialized or frozen is ready
/// @param waiting jobs
/// @param meanRunNanos how long a job keeps its place; 0 if nothing is known
/// @param backlogSinceNanos since when jobs have been waiting without a break, or the last start if that was later
record ActionLoad(
        int sandboxes, int servingPlaces, int comingPlaces, int waiting, long meanRunNanos, long backlogSinceNanos) {}
