package dev.whirl.invoker.pool;

import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicInteger;
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
}
