package dev.whirl.cli.project.fetch;

import java.time.Duration;

/// How much is fetched at most, and how long that may take.
record FetchLimits(long maxBytes, Duration time) {
    static final FetchLimits OF_REPOSITORIES = new FetchLimits(256L * 1024 * 1024, Duration.ofMinutes(2));
}
