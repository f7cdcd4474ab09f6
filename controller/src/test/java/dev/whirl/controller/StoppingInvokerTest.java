package dev.whirl.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.model.message.Invocation;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What an invoker gives back because it stops.
class StoppingInvokerTest {
    @Test
    void aCallThatAnInvokerGivesBackIsSentOnceMoreAndItsCallerSeesNothingOfIt() throws Exception {
        try (var platform = TestPlatform.start()) {
            Http guest = platform.asGuest();
            guest.putNodeAction("a");
            CountDownLatch held = platform.invoker().hold();
            var call =
                    CompletableFuture.supplyAsync(() -> guest.post("actions/a?blocking=true&result=true", "{\"n\":1}"));
            List<Invocation> received = platform.invoker().received();
            await().until(() -> received.size() == 1);

            platform.invoker().giveBack(received.getFirst());
            platform.invoker().beat(false); // until it says that it takes work it gets none
            await().until(() -> received.size() == 2);
            held.countDown();

            assertThat(call.get(10, TimeUnit.SECONDS).body()).isEqualTo("{\"n\":1}");
            assertThat(received)
                    .extracting(Invocation::id)
                    .containsOnly(received.getFirst().id());
        }
    }

    @Test
    void whatIsGivenBackTwiceIsSentOnce() {
        try (var platform = TestPlatform.start()) {
            Http guest = platform.asGuest();
            guest.putNodeAction("a");
            CountDownLatch held = platform.invoker().hold();
            guest.post("actions/a", "{}");
            List<Invocation> received = platform.invoker().received();
            await().until(() -> received.size() == 1);
            Invocation first = received.getFirst();
            held.countDown();
            await().until(() -> guest.get("activations/" + first.id().value()).status() == 200);

            platform.invoker().giveBack(first);
            guest.post("actions/a?blocking=true", "{}");

            assertThat(received).hasSize(2);
        }
    }
}
