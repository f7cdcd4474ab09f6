package dev.whirl.invoker.pool;

import static dev.whirl.common.Preconditions.require;

import dev.whirl.common.units.ByteSize;
import java.time.Duration;

/// The measures of a pool.
///
/// @param memory of all sandboxes together
/// @param idleTimeout a sandbox without work for so long is removed
/// @param pauseGrace a sandbox without work for so long is frozen, where the backend can
/// @param queueLimit most jobs that wait; more are refused
/// @param queueDeadline a job that has waited so long is refused, if its caller waits too
/// @param fairnessWindow a job that has waited so long for memory takes over that of another action
/// @param parallelStarts most sandboxes being started at a time
/// @param steadySandboxes an action whose jobs wait all the time gets so many sandboxes, however short each wait is
/// @param demand what it learns from the calls of the past
/// @param acceptedDeadline as the queue's, for a job that was accepted: its caller was promised that it runs
public record PoolConfig(
        ByteSize memory,
        Duration idleTimeout,
        Duration pauseGrace,
        int queueLimit,
        Duration queueDeadline,
        Duration fairnessWindow,
        int parallelStarts,
        int steadySandboxes,
        DemandConfig demand,
        Duration acceptedDeadline) {
    public PoolConfig {
        require(memory.bytes() > 0, "pool memory must be positive");
        require(idleTimeout.isPositive(), "idle timeout must be positive, got %s", idleTimeout);
        require(!pauseGrace.isNegative(), "pause grace must not be negative, got %s", pauseGrace);
        require(queueLimit >= 1, "queue limit must be at least 1, got %d", queueLimit);
        require(queueDeadline.isPositive(), "queue deadline must be positive, got %s", queueDeadline);
        require(
                acceptedDeadline.compareTo(queueDeadline) >= 0,
                "the deadline of accepted jobs must not be shorter than that of others, got %s",
                acceptedDeadline);
        require(!fairnessWindow.isNegative(), "fairness window must not be negative, got %s", fairnessWindow);
        require(parallelStarts >= 1, "parallel starts must be at least 1, got %d", parallelStarts);
        require(steadySandboxes >= 1, "steady sandboxes must be at least 1, got %d", steadySandboxes);
    }

    /// Accepted jobs wait as long as others.
    public PoolConfig(
            ByteSize memory,
            Duration idleTimeout,
            Duration pauseGrace,
            int queueLimit,
            Duration queueDeadline,
            Duration fairnessWindow,
            int parallelStarts,
            int steadySandboxes,
            DemandConfig demand) {
        this(
                memory,
                idleTimeout,
                pauseGrace,
                queueLimit,
                queueDeadline,
                fairnessWindow,
                parallelStarts,
                steadySandboxes,
                demand,
                queueDeadline);
    }
}
