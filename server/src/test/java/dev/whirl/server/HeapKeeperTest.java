package dev.whirl.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.common.units.ByteSize;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// In the JVM of the tests, which has the server's collector.
class HeapKeeperTest {
    private static final long MIB = 1024 * 1024;

    @Test
    void theOldGenerationIsCollectedThoughTheHeapIsNotFull() {
        MemoryPoolMXBean old = HeapKeeper.oldGeneration().orElseThrow();
        int piece = Math.toIntExact(greatestOf("Eden Space") + 8 * MIB); // has no room in the young generation
        ManagementFactory.getMemoryMXBean().gc();
        assertThat(old.getUsage().getUsed() + piece).isLessThan(old.getUsage().getMax());
        long collected = collections();
        assertThat(new byte[piece]).isNotEmpty();
        assertThat(collections()).as("collections without a keeper").isEqualTo(collected);
        ManagementFactory.getMemoryMXBean().gc();
        collected = collections();

        try (HeapKeeper _ = HeapKeeper.start(ByteSize.mebibytes(16)).orElseThrow()) {
            assertThat(new byte[piece]).isNotEmpty();

            await().atMost(Duration.ofSeconds(30)).until(HeapKeeperTest::collections, isMoreThan(collected));
        }
    }

    @Test
    void moreThanTwiceWhatIsAliveAndAStepIsNotKept() {
        assertThat(HeapKeeper.threshold(11 * MIB, 48 * MIB, 512 * MIB)).isEqualTo(70 * MIB);
    }

    @Test
    void aLargeOldGenerationIsCollectedBeforeItIsFullToo() {
        assertThat(HeapKeeper.threshold(200 * MIB, 192 * MIB, 256 * MIB)).isEqualTo(228 * MIB);
    }

    private static Predicate<Long> isMoreThan(long number) {
        return each -> each > number;
    }

    /// Of the old generation.
    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(each -> each.getName().equals("MarkSweepCompact"))
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    private static long greatestOf(String pool) {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(each -> each.getName().equals(pool))
                .findFirst()
                .orElseThrow()
                .getUsage()
                .getMax();
    }
}
