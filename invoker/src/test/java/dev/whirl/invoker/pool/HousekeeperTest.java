package dev.whirl.invoker.pool;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HousekeeperTest {
    @Test
    void anErrorInOneRoundIsNotTheEndOfTheRounds() {
        var rounds = new AtomicInteger();
        var housekeeper = new Housekeeper(() -> {
            if (rounds.incrementAndGet() == 1) {
                throw new StackOverflowError("such as: unable to create a thread");
            }
            return true;
        });

        housekeeper.start();

        await().until(() -> rounds.get() > 2);
        housekeeper.stop();
    }

    @Test
    void aJobThatBeginsToWaitWhileItLooksIsSeenAtOnce() {
        var rounds = new AtomicInteger();
        var self = new AtomicReference<Housekeeper>();
        var housekeeper = new Housekeeper(
                () -> {
                    if (rounds.incrementAndGet() == 1) {
                        Objects.requireNonNull(self.get()).wake(); // it has just seen that nobody waits
                    }
                    return false;
                },
                Duration.ofMillis(1),
                Duration.ofHours(1));
        self.set(housekeeper);

        housekeeper.start();

        await().until(() -> rounds.get() == 2);
        housekeeper.stop();
    }
}
