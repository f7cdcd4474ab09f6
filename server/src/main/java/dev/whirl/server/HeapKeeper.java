package dev.whirl.server;

import dev.whirl.common.units.ByteSize;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import java.time.Duration;
import java.util.Optional;
import javax.management.NotificationEmitter;

/// Has the old generation collected before the process is as large as its greatest heap.
///
/// The serial collector, the one with the least memory of its own, gives an old generation that is full
/// more room as long as the greatest heap has some, and looks for garbage only then: a server with 11 MB
/// of objects grew by 50 MB a minute. So when more than twice what was alive, and a step, is in use, it
/// is told to collect: 40 ms for so small a heap. The step grows while this happens often, so that a
/// server under a load that fills it quickly is not kept from working.
final class HeapKeeper {
    /// Garbage that is worth a pause.
    static final ByteSize STEP = ByteSize.mebibytes(48);

    private static final long GREATEST_STEP = ByteSize.mebibytes(192).bytes();
    private static final Duration OFTEN = Duration.ofSeconds(10);
    private static final String OF_SERIAL_COLLECTOR = "Tenured Gen";

    private final MemoryPoolMXBean pool;
    private final long leastStep;
    private long step;
    private long collectedAt = System.nanoTime();

    private HeapKeeper(MemoryPoolMXBean pool, long leastStep) {
        this.pool = pool;
        this.leastStep = leastStep;
        this.step = leastStep;
    }

    /// For as long as the process lives; nothing where another collector was chosen, which does so itself.
    static void start(ByteSize leastStep) {
        oldGeneration().ifPresent(pool -> {
            var keeper = new HeapKeeper(pool, leastStep.bytes());
            keeper.expect(pool.getUsage().getUsed());
            var memory = (NotificationEmitter) ManagementFactory.getMemoryMXBean();
            memory.addNotificationListener(
                    (_, _) -> keeper.collect(),
                    each -> each.getType().equals(MemoryNotificationInfo.MEMORY_THRESHOLD_EXCEEDED),
                    null);
        });
    }

    static Optional<MemoryPoolMXBean> oldGeneration() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(each -> each.getName().equals(OF_SERIAL_COLLECTOR))
                .findFirst();
    }

    /// Notifications come one after the other, on a thread of the JVM's.
    private void collect() {
        boolean isOften = System.nanoTime() - collectedAt < OFTEN.toNanos();
        step = isOften ? Math.min(GREATEST_STEP, 2 * step) : leastStep;
        System.gc();
        collectedAt = System.nanoTime();
        expect(pool.getUsage().getUsed());
    }

    /// Beyond the greatest heap the collector does it by itself: zero tells nobody.
    private void expect(long alive) {
        long threshold = 2 * alive + step;
        pool.setUsageThreshold(threshold < pool.getUsage().getMax() ? threshold : 0);
    }
}
