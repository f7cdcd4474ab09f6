package dev.whirl.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.common.units.ByteSize;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// In the JVM of the tests, which has the server's collector.
class HeapKeeperTest {
    private static final int PIECE = 8 * 1024 * 1024;
    private static final int PIECES = 60;

    @Test
    void garbageInTheOldGenerationIsCollectedLongBeforeTheHeapIsFull() {
        MemoryPoolMXBean pool = HeapKeeper.oldGeneration().orElseThrow();
        long alive = used(pool);

        HeapKeeper.start(ByteSize.mebibytes(16));

        long allocated = 0;
        for (int i = 0; i < PIECES; i++) {
            allocated += garbage().length;
        }
        assertThat(allocated).isGreaterThan(pool.getUsage().getMax() / 2);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(pool.getUsage().getUsed()).isLessThan(allocatedAndAlive(alive) / 2));
    }

    /// Too large for the young generation.
    private static byte[] garbage() {
        return new byte[PIECE];
    }

    private static long allocatedAndAlive(long alive) {
        return (long) PIECES * PIECE + alive;
    }

    /// After a collection.
    private static long used(MemoryPoolMXBean pool) {
        ManagementFactory.getMemoryMXBean().gc();
        return pool.getUsage().getUsed();
    }
}
