package dev.whirl.common.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LongWaitTest {
    private static final Duration FAR = Duration.ofHours(1);

    private final AtomicBoolean hasCome = new AtomicBoolean();
    private final CountDownLatch isWaiting = new CountDownLatch(1);

    @Test
    void endsAsSoonAsTheThreadIsUnparked() throws InterruptedException {
        Thread waiter = Thread.ofVirtual().start(() -> waitUntil(FAR));
        isWaiting.await();

        hasCome.set(true);
        LockSupport.unpark(waiter);

        waiter.join();
    }

    @Test
    void endsAtADeadlineThatWasFarAwayAndNotBefore() throws InterruptedException {
        long start = System.nanoTime();
        Duration time = Duration.ofMillis(900);

        Thread waiter = Thread.ofVirtual().start(() -> waitUntil(time));
        waiter.join();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(time, Duration.ofSeconds(10));
    }

    @Test
    void endsAtADeadlineThatIsNearOrOver() throws InterruptedException {
        for (Duration time : new Duration[] {Duration.ofMillis(20), Duration.ZERO, Duration.ofSeconds(-1)}) {
            Thread waiter = Thread.ofVirtual().start(() -> waitUntil(time));

            waiter.join();
        }
    }

    @Test
    void endsWhenTheThreadIsInterrupted() throws InterruptedException {
        Thread waiter = Thread.ofVirtual().start(() -> {
            isWaiting.countDown();
            while (!Thread.currentThread().isInterrupted()) {
                LongWait.park(this, System.nanoTime() + FAR.toNanos());
            }
        });
        isWaiting.await();

        waiter.interrupt();

        waiter.join();
    }

    private void waitUntil(Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        isWaiting.countDown();
        while (!hasCome.get() && deadline - System.nanoTime() > 0) {
            LongWait.park(this, deadline);
        }
    }
}
