package dev.whirl.store;

import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.entity.NamespaceName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ids whose outcome was told and whose record is on its way. Readers wait for them, so that whoever has an
/// answer can
/// read its record at once. As many as there are activations between their result and their record.
public final class ExpectedRecords {
    private static final long PATIENCE_NANOS = Duration.ofSeconds(1).toNanos();

    private record Expected(NamespaceName namespace, CountDownLatch latch) {}

    private final Map<ActivationId, Expected> expected = new ConcurrentHashMap<>();

    public void expect(NamespaceName namespace, ActivationId id) {
        expected.put(id, new Expected(namespace, new CountDownLatch(1)));
    }

    /// The record is there, or will never be.
    public void settled(ActivationId id) {
        Expected found = expected.remove(id);
        if (found != null) {
            found.latch().countDown();
        }
    }

    /// Whether the record of this id is on its way: then there is none yet.
    public boolean isExpected(ActivationId id) {
        return expected.containsKey(id);
    }

    /// Waits until the record of this id is settled, or for a second.
    public void await(ActivationId id) {
        Expected found = expected.get(id);
        if (found != null) {
            awaitUntil(System.nanoTime() + PATIENCE_NANOS, id, found);
        }
    }

    /// Waits until everything of a namespace that is expected at this moment is settled, or for a second.
    public void awaitAll(NamespaceName namespace) {
        if (expected.isEmpty()) {
            return;
        }
        long end = System.nanoTime() + PATIENCE_NANOS;
        for (var entry : List.copyOf(expected.entrySet())) {
            if (entry.getValue().namespace().equals(namespace)) {
                awaitUntil(end, entry.getKey(), entry.getValue());
            }
        }
    }

    /// A record that does not come in time is not waited for again.
    private void awaitUntil(long end, ActivationId id, Expected awaited) {
        try {
            if (!awaited.latch().await(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                expected.remove(id, awaited);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the reader goes on with what is there
        }
    }
}
