package dev.whirl.server;

import dev.whirl.common.units.ByteSize;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import java.time.Duration;
import java.util.Optional;
import javax.management.ListenerNotFoundException;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;

/// Has the old generation collected before the process is as large as its greatest heap.
///
/// The serial collector, the one with the least memory of its own, gives an old generation that is full
/// more room as long as the greatest heap has some, and looks for garbage only then: a server with 11 MB
/// of objects grew by 50 MB a minute. So when more than twice what was alive, and a step, is in use, it
/// is told to collect: 40 ms for so small a heap. The step grows while this happens often, so that a
/// server under a load that fills it quickly is not kept from working.
final class HeapKeeper implements AutoCloseable {
    /// Garbage that is worth a pause.
    static final ByteSize STEP = ByteSize.mebibytes(48);

    private static final Duration OFTEN = Duration.ofSeconds(10);
    private static final Duration AT_MOST_EACH = Duration.ofSeconds(1);
    private static final String OF_SERIAL_COLLECTOR = "Tenured Gen";

    private final MemoryPoolMXBean pool;
    private final long leastStep;
    private final NotificationListener listener = (_, _) -> collect();
    private long step;
    private long collectedAt = System.nanoTime() - OFTEN.toNanos();

    private HeapKeeper(MemoryPoolMXBean pool, long leastStep) {
        this.pool = pool;
        this.leastStep = leastStep;
        this.step = leastStep;
    }

    /// Begins to look after the heap of this process.
    ///
    /// @return nothing where another collector was chosen, which does so itself
    static Optional<HeapKeeper> start(ByteSize leastStep) {
        return oldGeneration().map(pool -> {
            var keeper = new HeapKeeper(pool, leastStep.bytes());
            keeper.expect();
            memory().addNotificationListener(
                            keeper.listener,
                            each -> each.getType().equals(MemoryNotificationInfo.MEMORY_THRESHOLD_EXCEEDED),
                            null);
            return keeper;
        });
    }

    static Optional<MemoryPoolMXBean> oldGeneration() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(each -> each.getName().equals(OF_SERIAL_COLLECTOR))
                .findFirst();
    }

    /// When to collect next: at the latest when half of what is free is used up.
    static long threshold(long alive, long step, long greatest) {
        return Math.min(2 * alive + step, alive + (greatest - alive) / 2);
    }

    /// Notifications come one after the other, on a thread of the JVM's, and once for each time that the
    /// threshold is passed. Where nearly all of the heap is alive they come quickly, and not each counts.
    private void collect() {
        long since = System.nanoTime() - collectedAt;
        if (since >= AT_MOST_EACH.toNanos()) {
            step = since < OFTEN.toNanos() ? Math.min(pool.getUsage().getMax() / 4, 2 * step) : leastStep;
            System.gc();
            collectedAt = System.nanoTime();
        }
        expect();
    }

    private void expect() {
        var usage = pool.getUsage();
        pool.setUsageThreshold(threshold(usage.getUsed(), step, usage.getMax()));
    }

    private static NotificationEmitter memory() {
        return (NotificationEmitter) ManagementFactory.getMemoryMXBean();
    }

    @Override
    public void close() {
        pool.setUsageThreshold(0);
        try {
            memory().removeNotificationListener(listener);
        } catch (ListenerNotFoundException _) {
            // it is gone, as it should be
        }
    }
}
