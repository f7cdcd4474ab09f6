package dev.whirl.sandbox.kubernetes.api;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// What to do about an operation that failed. Pure.
sealed interface Retry {
    /// Once more, after a pause.
    record After(Duration pause) implements Retry {}

    /// It would fail again, or there is no time left.
    record Never() implements Retry {}

    /// How an operation failed.
    ///
    /// @param status of the answer, or [#UNANSWERED]
    /// @param reason the API server's word for it; empty if it gives none
    /// @param asked how long the server wants to be left alone
    record Failure(int status, String reason, Optional<Duration> asked) {
        /// No answer came at all.
        static final int UNANSWERED = 0;

        private static final Set<Integer> PASSING = Set.of(UNANSWERED, 408, 429, 500, 502, 503, 504);

        /// Somebody changed the same thing at the same time: the count of a quota, for one.
        private static final String CONFLICT = "Conflict";

        boolean isPassing() {
            return PASSING.contains(status) || reason.equals(CONFLICT);
        }
    }

    Duration FIRST = Duration.ofMillis(100);
    Duration LONGEST = Duration.ofSeconds(5);
    int MOST_DOUBLINGS = 6;

    /// @param attempt how many were made before this one
    /// @param left time for all that is still to be done
    /// @param jitter from 0 to 1: many who failed together come again apart
    static Retry decide(Failure failure, int attempt, Duration left, double jitter) {
        if (!failure.isPassing()) {
            return new Never();
        }
        Duration doubled = FIRST.multipliedBy(1L << Math.min(attempt, MOST_DOUBLINGS));
        Duration most = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        Duration own = Duration.ofNanos((long) (most.toNanos() * (0.5 + jitter / 2)));
        Duration pause = failure.asked().filter(each -> each.compareTo(own) > 0).orElse(own);
        return pause.compareTo(left) < 0 ? new After(pause) : new Never();
    }
}
