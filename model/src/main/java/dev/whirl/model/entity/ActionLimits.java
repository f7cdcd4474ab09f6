package dev.whirl.model.entity;

import static dev.whirl.common.Preconditions.require;

import dev.whirl.common.units.ByteSize;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What one action may use (row R-64). Which values are allowed is told by [dev.whirl.model.limits.SystemLimits].
///
/// @param timeout applies to init and to run, each
/// @param logs how much of the output of one activation is kept
/// @param concurrency how many activations may share one sandbox
/// @param instances most sandboxes at a time, null for no limit of its own
public record ActionLimits(
        Duration timeout,
        ByteSize memory,
        ByteSize logs,
        int concurrency,
        @Nullable Integer instances) {
    public static final ActionLimits DEFAULT =
            new ActionLimits(Duration.ofSeconds(60), ByteSize.mebibytes(256), ByteSize.mebibytes(10), 1, null);

    public ActionLimits {
        require(timeout.isPositive(), "timeout must be positive, got %s", timeout);
        require(concurrency >= 1, "concurrency must be at least 1, got %d", concurrency);
        require(instances == null || instances >= 0, "instances must not be negative, got %d", instances);
    }
}
