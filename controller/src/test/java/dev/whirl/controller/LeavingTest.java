package dev.whirl.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.controller.Http.Reply;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A controller of several that is told to stop.
class LeavingTest {
    @Test
    void itSaysThatItGoesAndServesWhatStillComes() throws Exception {
        try (var platform = TestPlatform.start()) {
            Http guest = platform.asGuest();
            guest.putNodeAction("echo");
            assertThat(guest.get("/ready").status()).isEqualTo(200);

            Thread leaving =
                    Thread.ofVirtual().start(() -> platform.controller().leave(Duration.ofSeconds(1)));
            await().until(() -> guest.get("/ready").status() == 503);
            Reply reply = guest.post("actions/echo?blocking=true&result=true", "{\"a\":1}");

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.headers()).containsEntry("connection", "close");
            assertThat(guest.get("/ready").body()).isEqualTo("not ready: stopping");
            leaving.join();
        }
    }
}
