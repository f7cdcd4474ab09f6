package dev.whirl.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.bench.StubPlatform;
import dev.whirl.bench.http.Endpoint;
import dev.whirl.bench.http.HttpCaller;
import dev.whirl.bench.http.Request;
import dev.whirl.bench.load.Load.Closed;
import dev.whirl.bench.load.Load.Counted;
import dev.whirl.bench.load.Load.Open;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LoadGeneratorTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    @Test
    void aClosedLoopCountsExactlyTheRequestsThatTheServerSaw() throws Exception {
        try (var platform = new StubPlatform()) {
            LoadResult result = run(new Closed(4), platform.endpoint(), "/ping");

            assertThat(result.successes()).isPositive().isEqualTo(platform.pings());
            assertThat(result.errors()).isEmpty();
            assertThat(result.rate()).isPositive();
            assertThat(result.maxMillis()).isPositive();
        }
    }

    @Test
    void aCountedLoadEndsAfterAsManyCalls() throws Exception {
        try (var platform = new StubPlatform()) {
            LoadResult result = run(new Counted(4, 50), platform.endpoint(), "/ping");

            assertThat(result.successes()).isEqualTo(50).isEqualTo(platform.pings());
            assertThat(result.errors()).isEmpty();
        }
    }

    @Test
    void anotherStatusIsAnErrorUnderItsNumberAndHasNoLatency() throws Exception {
        try (var platform = new StubPlatform()) {
            LoadResult result = run(new Closed(2), platform.endpoint(), "/fail");

            assertThat(result.successes()).isZero();
            assertThat(result.errors()).containsOnlyKeys("502");
            assertThat(result.errorText()).startsWith("502×");
        }
    }

    @Test
    void anOpenLoopKeepsItsRate() throws Exception {
        try (var platform = new StubPlatform()) {
            var plan = new LoadPlan(new Open(4, 200), Duration.ofSeconds(1), 200);

            LoadResult result = LoadGenerator.run(plan, ping(platform.endpoint()));

            assertThat(result.calls()).isEqualTo(200).isEqualTo(platform.pings());
            assertThat(result.elapsed()).isBetween(Duration.ofMillis(900), Duration.ofSeconds(4));
        }
    }

    @Test
    void atAFixedRateAPauseOfTheServerIsPartOfEveryLatencyThatItDelays() throws Exception {
        var number = new AtomicLong();
        Caller.Source pausesOnce = () -> new StubCaller(() -> {
            if (number.getAndIncrement() == 10) {
                LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
            }
            return 200;
        });

        LoadResult result = LoadGenerator.run(new LoadPlan(new Open(1, 100), Duration.ofSeconds(1), 200), pausesOnce);

        assertThat(result.successes()).isEqualTo(100);
        assertThat(result.latencies()
                        .getCountBetweenValues(
                                Duration.ofMillis(50).toNanos(),
                                Duration.ofSeconds(60).toNanos()))
                .isGreaterThanOrEqualTo(20);
    }

    @Test
    void callsThatWereNeverSentAreErrors() throws Exception {
        Caller.Source slow = () -> new StubCaller(() -> {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            return 200;
        });

        LoadResult result = LoadGenerator.run(new LoadPlan(new Open(1, 1000), SHORT, 200), slow);

        assertThat(result.errors()).containsKey(LoadGenerator.UNSENT);
        assertThat(result.successes() + result.errorCount()).isEqualTo(300);
        assertThat(result.elapsed()).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aServerThatIsNotThereEndsInErrorsInBoundedTime() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        LoadResult result = run(new Closed(2), new Endpoint("127.0.0.1", port), "/ping");

        assertThat(result.successes()).isZero();
        assertThat(result.errors()).containsOnlyKeys("refused");
        assertThat(result.errorCount()).isLessThan(1000);
    }

    @Test
    void aCallerThatBreaksIsOpenedAgain() throws Exception {
        var opened = new AtomicLong();
        Caller.Source breaks = () -> {
            opened.incrementAndGet();
            return new StubCaller(() -> {
                LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
                throw new IOException("broken pipe");
            });
        };

        LoadResult result = LoadGenerator.run(new LoadPlan(new Closed(1), SHORT, 200), breaks);

        assertThat(result.errors()).containsEntry("broken", opened.get());
    }

    private static LoadResult run(Load load, Endpoint endpoint, String path) throws InterruptedException {
        return LoadGenerator.run(
                new LoadPlan(load, SHORT, 200), HttpCaller.source(endpoint, Request.get(endpoint, path)));
    }

    private static Caller.Source ping(Endpoint endpoint) {
        return HttpCaller.source(endpoint, Request.get(endpoint, "/ping"));
    }

    private interface Call {
        int make() throws IOException;
    }

    private record StubCaller(Call each) implements Caller {
        @Override
        public int call() throws IOException {
            return each.make();
        }

        @Override
        public void close() {}
    }
}
