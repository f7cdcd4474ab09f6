package dev.whirl.feeds.stream;

import static dev.whirl.feeds.Examples.GUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.model.entity.NamespaceName;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class OpenStreamsTest {
    private static final NamespaceName OTHER = new NamespaceName("other");

    private final OpenStreams open = new OpenStreams(3, 2);

    @Test
    void oneNamespaceHasItsShareAndLeavesTheRestToOthers() {
        assertThat(open.tryTake(GUEST)).isTrue();
        assertThat(open.tryTake(GUEST)).isTrue();

        assertThat(open.tryTake(GUEST)).isFalse();
        assertThat(open.tryTake(OTHER)).isTrue();
        assertThat(open.tryTake(OTHER)).as("the process has no more").isFalse();
    }

    @Test
    void whoWaitsGoesOnWhenAnotherOneEnds() throws InterruptedException {
        open.take(GUEST);
        open.take(GUEST);
        var isTaken = new AtomicBoolean();
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                open.take(GUEST);
                isTaken.set(true);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        await().until(() -> waiting.getState() == Thread.State.WAITING);
        assertThat(isTaken).isFalse();

        open.give(GUEST);

        assertThat(waiting.join(Duration.ofSeconds(20))).isTrue();
        assertThat(isTaken).isTrue();
    }
}
