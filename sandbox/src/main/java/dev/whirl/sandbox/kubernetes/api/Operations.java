package dev.whirl.sandbox.kubernetes.api;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes requests of the API server: so many at a time, and again where that can help.
final class Operations {
    private static final Logger log = LoggerFactory.getLogger(Operations.class);

    private final Semaphore permits;

    /// @param most at a time
    Operations(int most) {
        permits = new Semaphore(most);
    }

    /// @param what for messages: `create the pod wsk-…`
    /// @param patience for all attempts together; one that is under way is waited for
    <T> T perform(String what, Duration patience, Supplier<T> operation) throws ClusterException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (int attempt = 0; ; attempt++) {
            try {
                return this.<T, RuntimeException, RuntimeException>limited(operation::get);
            } catch (KubernetesClientException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                Thread.sleep(pause(what, e, attempt, Duration.ofNanos(deadline - System.nanoTime())));
            }
        }
    }

    /// What can fail in a way of its own.
    interface Operation<T, E extends Exception, F extends Exception> {
        T perform() throws InterruptedException, E, F;
    }

    /// Makes one attempt when its turn comes.
    <T, E extends Exception, F extends Exception> T limited(Operation<T, E, F> operation)
            throws InterruptedException, E, F {
        permits.acquire();
        try {
            return operation.perform();
        } finally {
            permits.release();
        }
    }

    private static Duration pause(String what, KubernetesClientException failure, int attempt, Duration left)
            throws ClusterException {
        double jitter = ThreadLocalRandom.current().nextDouble();
        return switch (Retry.decide(failure.getCode(), attempt, asked(failure), left, jitter)) {
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
