package dev.whirl.store;

import static dev.whirl.store.Examples.GUEST;
import static dev.whirl.store.Examples.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.common.time.ManualClock;
import dev.whirl.store.Activations.Query;
import dev.whirl.store.Activations.Retention;
import dev.whirl.store.memory.MemoryStores;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What is removed by itself, and when.
class HousekeeperTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    @Tag("attack-45")
    void aClockThatLeapsAheadDeletesNoRecords() {
        var wall = new ManualClock(NOON);
        var steady = new ManualClock(Instant.EPOCH);
        var rounds = new AtomicInteger();
        try (var stores = new MemoryStores();
                var housekeeper = new Housekeeper(
                        now -> {
                            stores.activations().prune(new Retention(Duration.ofDays(7), 1_000), now);
                            rounds.incrementAndGet();
                        },
                        Duration.ofMillis(5),
                        new CautiousClock(wall, steady))) {
            stores.activations().record(record("hello", NOON));
            housekeeper.start();
            await().until(() -> rounds.get() > 0);

            wall.advance(Duration.ofDays(8));
            int before = rounds.get();
            await().until(() -> rounds.get() > before + 1);
            assertThat(records(stores)).isEqualTo(1);

            steady.advance(Duration.ofDays(8));
            await().until(() -> records(stores) == 0);
        }
    }

    private static long records(Stores stores) {
        return stores.activations().count(new Query(GUEST, null, null, null, null, 0, 1));
    }
}
