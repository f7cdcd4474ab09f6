package dev.whirl.sandbox.kubernetes.api;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes requests of the API server: so many at a time, and again where that can help.
final class Operations {
    private static final Logger log = LoggerFactory.getLogger(Operations.class);

    /// What an operation has if nothing is said.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// Longer than the client waits for an answer to begin: it knows more to say.
    private static final long ATTEMPT_NANOS = Connection.ANSWER.plusSeconds(2).toNanos();

    private final Semaphore permits;
    private volatile boolean isOver;

    /// @param most at a time
    Operations(int most) {
        permits = new Semaphore(most);
    }

    /// As the other one, with ten seconds.
    <T> T perform(String what, Supplier<T> operation) throws ClusterException, InterruptedException {
        return perform(what, PATIENCE, operation);
    }

    /// @param what for messages: `create the pod wsk-…`
    /// @param patience for all attempts together, and for their turns; one that is under way then
    ///     may be executed all the same
    <T> T perform(String what, Duration patience, Supplier<T> operation) throws ClusterException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (int attempt = 0; ; attempt++) {
            if (isOver) {
                throw new ClusterException("%s: the connection is closed".formatted(what));
            }
            try {
                return limited(what, deadline, operation);
            } catch (KubernetesClientException e) {
                Thread.sleep(pause(what, e, attempt, Duration.ofNanos(deadline - System.nanoTime())));
            }
        }
    }

    /// Nothing can be asked any more.
    void end() {
        isOver = true;
    }

    /// Makes one attempt when its turn comes.
    private <T> T limited(String what, long deadline, Supplier<T> operation)
            throws ClusterException, InterruptedException {
        if (!permits.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            throw new ClusterException(
                    "%s: other operations of the API server took all the time; it is slow, or sandbox.kubernetes.operations is too small"
                            .formatted(what));
        }
        try {
            return bounded(operation, deadline);
        } finally {
            permits.release();
        }
    }

    /// The client bounds the time until an answer begins, and not until it ends.
    private <T> T bounded(Supplier<T> operation, long deadline) throws InterruptedException {
        var attempt = new FutureTask<T>(operation::get);
        Thread.ofVirtual().name("kubernetes-operation").start(attempt);
        try {
            return attempt.get(Math.min(ATTEMPT_NANOS, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new KubernetesClientException("no answer came in time");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KubernetesClientException failure) {
                throw failure;
            }
            if (isOver) {
                throw new KubernetesClientException("the connection was closed");
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            attempt.cancel(true);
        }
    }

    private static Duration pause(String what, KubernetesClientException failure, int attempt, Duration left)
            throws ClusterException {
        double jitter = ThreadLocalRandom.current().nextDouble();
        var told = new Retry.Failure(failure.getCode(), ClusterException.reason(failure), asked(failure));
        return switch (Retry.decide(told, attempt, left, jitter)) {
            case Retry.After(var pause) -> {
                log.atDebug()
                        .addKeyValue("operation", what)
                        .addKeyValue("status", failure.getCode())
                        .addKeyValue("pause", pause)
                        .log("An operation of the cluster failed and is tried again");
                yield pause;
            }
            case Retry.Never _ -> throw new ClusterException(what, failure);
        };
    }

    private static Optional<Duration> asked(KubernetesClientException failure) {
        return Optional.ofNullable(failure.getStatus())
                .map(Status::getDetails)
                .map(StatusDetails::getRetryAfterSeconds)
                .map(Duration::ofSeconds);
    }
}
