package dev.whirl.feeds.manage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.feeds.feed.InvalidFeedException;
import dev.whirl.feeds.manage.Turns.Turn;
import dev.whirl.model.entity.NamespaceName;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final NamespaceName ONE = new NamespaceName("one");
    private static final NamespaceName OTHER = new NamespaceName("other");

    private final Turns turns = new Turns();
    private final CountDownLatch hasTaken = new CountDownLatch(1);

    @Test
    void whoComesSecondOfANamespaceWaitsAndOthersDoNot() throws Exception {
        Thread second;
        try (Turn _ = turns.take(ONE)) {
            second = Thread.ofPlatform().start(this::take);
            await().until(() -> second.getState() == Thread.State.TIMED_WAITING);
            turns.take(OTHER).close();
            assertThat(hasTaken.getCount()).isEqualTo(1);
        }

        assertThat(hasTaken.await(20, TimeUnit.SECONDS)).isTrue();
        second.join();
    }

    private void take() {
        try (Turn _ = turns.take(ONE)) {
            hasTaken.countDown();
        } catch (InvalidFeedException e) {
            throw new AssertionError(e);
        }
    }
}
