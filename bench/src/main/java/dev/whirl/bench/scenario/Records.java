package dev.whirl.bench.scenario;

import dev.whirl.bench.http.Api;
import java.io.IOException;
import java.time.Duration;

/// The activation records of one action, counted from the moment when this was made.
final class Records {
    /// The name under which accepted calls without a record are counted.
    static final String MISSING = "unrecorded";

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Api api;
    private final String action;
    private final Duration patience;
    private final long before;

    Records(Api api, String action) throws IOException {
        this(api, action, LONGEST);
    }

    /// @param patience how long to wait for one more record
    Records(Api api, String action, Duration patience) throws IOException {
        this.api = api;
        this.patience = patience;
        this.action = action;
        this.before = api.records(action);
    }

    /// Waits for the records of a number of calls: how many are missing when no more have come for a while.
    long missing(long calls) throws IOException, InterruptedException {
        long found = found();
        long end = System.nanoTime() + patience.toNanos();
        while (found < calls && System.nanoTime() < end) {
            Thread.sleep(LOOK_EVERY);
            long now = found();
            end = now > found ? System.nanoTime() + patience.toNanos() : end;
            found = now;
        }
        return Math.max(0, calls - found);
    }

    private long found() throws IOException {
        return api.records(action) - before;
    }
}
