package dev.whirl.gateway.policy;

import dev.whirl.gateway.document.RateLimit;

/// A bucket that every request adds a drop to and that leaks evenly: a whole time's worth of requests may come at
/// once, and then one whenever there is room for one again.
///
/// @param emptyAtNanos when it will be empty if nobody comes
record LeakyBucket(long emptyAtNanos) {
    /// What becomes of a request.
    sealed interface Decision {
        record Allowed(LeakyBucket next) implements Decision {}

        /// @param waitNanos until there is room
        record Refused(long waitNanos) implements Decision {}
    }

    /// @param nowNanos of any clock that never goes back
    static Decision add(LeakyBucket bucket, RateLimit limit, long nowNanos) {
        long whole = limit.time().toNanos();
        long drop = Math.max(1, whole / limit.requests());
        long level = Math.max(0, bucket.emptyAtNanos - nowNanos);
        long room = whole - drop - level;
        return room >= 0 ? new Decision.Allowed(new LeakyBucket(nowNanos + level + drop)) : new Decision.Refused(-room);
    }
}
