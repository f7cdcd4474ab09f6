package dev.whirl.feeds.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// Signatures that were seen lately, each for as long as it would be accepted. The monitor guards all fields.
final class Repetitions {
    private static final int MOST = 10_000;

    private final Map<String, Instant> seen = new LinkedHashMap<>();

    /// Notes a signature.
    ///
    /// @param window how long it could be sent again
    /// @return whether it is the first time
    synchronized boolean isFirst(String signature, Duration window, Instant now) {
        Iterator<Instant> ends = seen.values().iterator();
        while (ends.hasNext()) {
            Instant end = ends.next();
            if (seen.size() < MOST && !end.isBefore(now)) {
                break;
            }
            ends.remove();
        }
        return seen.putIfAbsent(signature, now.plus(window)) == null;
    }

    /// Lets a signature come again: what it was sent for did not happen.
    synchronized void forget(String signature) {
        seen.remove(signature);
    }
}
