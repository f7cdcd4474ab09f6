package dev.whirl.controller.compose;

import static dev.whirl.controller.compose.Composites.putSequence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.controller.FaultyStores;
import dev.whirl.controller.Http;
import dev.whirl.controller.Http.Reply;
import dev.whirl.controller.TestPlatform;
import dev.whirl.controller.TestPlatform.Options;
import dev.whirl.store.memory.MemoryStores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Sequences whose records the store does not take at once.
@Tag("attack-44")
class LateRecordsTest {
    private final MemoryStores sound = new MemoryStores();
    private final FaultyStores stores = new FaultyStores(sound);

    @Test
    @Tag("R-180")
    void theRecordOfAnAcceptedSequenceIsWrittenAsSoonAsTheStoreTakesIt() {
        try (var platform = TestPlatform.start(Options.STANDARD, sound, stores)) {
            Http guest = platform.asGuest();
            guest.putNodeAction("a");
            putSequence(guest, "s", "/_/a");
            stores.setFull(true);

            String id = guest.post("actions/s", "{}").at("activationId");
            await().until(() -> stores.refused() >= 4);
            assertThat(guest.get("activations/" + id).status()).isEqualTo(404);
            stores.setFull(false);

            await().until(() -> guest.get("activations/" + id).status() == 200);
            assertThat(sound.journal().unfinished(null, 10)).isEmpty();
        }
    }

    @Test
    @Tag("R-82")
    void whoWaitsForASequenceIsAnsweredThoughItsRecordComesLater() {
        try (var platform = TestPlatform.start(Options.STANDARD, sound, stores)) {
            Http guest = platform.asGuest();
            guest.putNodeAction("a");
            putSequence(guest, "s", "/_/a");
            stores.setFull(true);

            Reply reply = guest.post("actions/s?blocking=true", "{\"n\":1}");
            stores.setFull(false);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.at("response.result")).isEqualTo("{\"n\":1}");
            await().until(() ->
                    guest.get("activations/" + reply.at("activationId")).status() == 200);
        }
    }
}
