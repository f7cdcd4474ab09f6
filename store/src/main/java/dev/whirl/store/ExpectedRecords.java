package dev.whirl.store;

import dev.whirl.model.activation.ActivationId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ids whose outcome was told and whose record is on its way. Readers wait for them, so that whoever has an answer can
/// read its record at once. As many as there are activations between their result and their record.
public final class ExpectedRecords {
    private static final long PATIENCE_NANOS = Duration.ofSeconds(1).toNanos();

    private final Map<ActivationId, CountDownLatch> expected = new ConcurrentHashMap<>();

    public void expect(ActivationId id) {
        expected.put(id, new CountDownLatch(1));
    }

    /// The record is there, or will never be.
    public void settled(ActivationId id) {
        CountDownLatch latch = expected.remove(id);
        if (latch != null) {
            latch.countDown();
        }
    }

    /// Waits until the record of this id is settled, or for a second.
    public void await(ActivationId id) {
        CountDownLatch latch = expected.get(id);
        if (latch != null) {
            awaitUntil(System.nanoTime() + PATIENCE_NANOS, id, latch);
        }
    }

    /// Waits until everything expected at this moment is settled, or for a second.
    public void awaitAll() {
        long end = System.nanoTime() + PATIENCE_NANOS;
        for (var entry : List.copyOf(expected.entrySet())) {
            awaitUntil(end, entry.getKey(), entry.getValue());
        }
    }

    /// A record that does not come in time is not waited for again.
    private void awaitUntil(long end, ActivationId id, CountDownLatch latch) {
        try {
            if (!latch.await(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                expected.remove(id, latch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the reader goes on with what is there
        }
    }
}
