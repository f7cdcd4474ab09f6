package dev.whirl.store.embedded;

import static dev.whirl.store.Examples.GUEST;
import static dev.whirl.store.Examples.NOON;
import static dev.whirl.store.Examples.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.Activations.Query;
import dev.whirl.store.Activations.Retention;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Old records go, and so does the space they took.
class RetentionTest {
    @TempDir
    Path data;

    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private final Random random = new Random(7);

    @Test
    void theFolderShrinksWhenRecordsAreRemoved() throws Exception {
        try (EmbeddedStores stores = EmbeddedStores.open(EmbeddedStoreConfig.in(data), metrics)) {
            for (int i = 0; i < 400; i++) {
                stores.activations().record(large(NOON.plusSeconds(i)));
            }
            stores.activations().flush();
            long before = Folders.size(data);

            long removed = stores.activations().prune(new Retention(Duration.ofSeconds(1), 100), NOON.plusSeconds(391));

            assertThat(removed).isEqualTo(390);
            assertThat(before).isGreaterThan(30_000_000);
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> Folders.size(data) < before / 4);
            assertThat(stores.activations().listFull(new Query(GUEST, null, null, null, null, 0, 200)))
                    .hasSize(10);
        }
        assertThat(metrics.get("whirl.store.records.pruned").counter().count()).isEqualTo(390);
    }

    @Test
    void theHousekeeperPrunesByItself() {
        var often = EmbeddedStoreConfig.in(data)
                .withHousekeeping(new Retention(Duration.ofDays(7), 5), Duration.ofMillis(20), Duration.ofHours(1));
        try (EmbeddedStores stores = EmbeddedStores.open(often, metrics)) {
            for (int i = 0; i < 50; i++) {
                stores.activations().record(record("hello", Instant.now()));
            }

            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> stores.activations().count(new Query(GUEST, null, null, null, null, 0, 1)) == 5);
        }
    }

    private Activation large(Instant start) {
        var noise = new byte[75_000];
        random.nextBytes(noise);
        RawJson result = RawJson.string(Base64.getEncoder().encodeToString(noise));
        return record(ActivationId.random(), GUEST, "large", start, result);
    }
}
