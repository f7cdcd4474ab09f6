package dev.whirl.sandbox.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OperationsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    void noMoreRunAtATimeThanAllowed() throws Exception {
        var operations = new Operations(2);
        var running = new AtomicInteger();
        var goOn = new CountDownLatch(1);
        var done = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 5; i++) {
                var _ = threads.submit(() -> operations.perform("wait", PATIENCE, () -> {
                    running.incrementAndGet();
                    awaitQuietly(goOn);
                    running.decrementAndGet();
                    return done.incrementAndGet();
                }));
            }
            await().until(() -> running.get() == 2);

            assertThat(running.get()).isEqualTo(2);
            goOn.countDown();
        }
        assertThat(done.get()).isEqualTo(5);
    }

    @Test
    void whoWaitsToTryAgainTakesNobodysTurn() throws Exception {
        var operations = new Operations(1);
        var attempts = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var failing = threads.submit(() -> operations.perform("fail", PATIENCE, () -> {
                attempts.incrementAndGet();
                throw failure(503);
            }));
            await().until(() -> attempts.get() >= 2);

            assertThat(operations.perform("answer", PATIENCE, () -> 42)).isEqualTo(42);

            failing.cancel(true);
        }
    }

    @Test
    void whatIsRefusedIsToldWithItsReason() {
        assertThatThrownBy(() -> new Operations(1).perform("create the pod x", PATIENCE, () -> {
                    throw failure(403);
                }))
                .isInstanceOf(ClusterException.class)
                .hasMessage("create the pod x: exceeded quota (403)");
    }

    @Test
    void whoseTurnDoesNotComeIsTold() throws Exception {
        var operations = new Operations(1);
        var isRunning = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var _ = threads.submit(() -> operations.perform("wait", PATIENCE, () -> {
                isRunning.countDown();
                awaitQuietly(goOn);
                return 1;
            }));
            isRunning.await();

            assertThatThrownBy(() -> operations.perform("list pods", Duration.ofMillis(50), () -> 2))
                    .isInstanceOf(ClusterException.class)
                    .hasMessageContaining("list pods: other operations of the API server took all the time");

            goOn.countDown();
        }
    }

    @Test
    void whatIsNotAnsweredEndsInTimeAndGivesItsTurnBack() throws Exception {
        var operations = new Operations(1);
        var never = new CountDownLatch(1);

        assertThatThrownBy(() -> operations.perform("list pods", Duration.ofMillis(50), () -> {
                    awaitQuietly(never);
                    return 1;
                }))
                .hasMessage("list pods: no answer came in time");

        assertThat(operations.perform("answer", PATIENCE, () -> 42)).isEqualTo(42);
    }

    @Test
    void nothingIsAskedAfterTheEnd() {
        var operations = new Operations(1);

        operations.end();

        assertThatThrownBy(() -> operations.perform("list pods", PATIENCE, () -> 1))
                .hasMessage("list pods: the connection is closed");
    }

    private static KubernetesClientException failure(int status) {
        return new KubernetesClientException(new StatusBuilder()
                .withCode(status)
                .withMessage("exceeded quota")
                .build());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
