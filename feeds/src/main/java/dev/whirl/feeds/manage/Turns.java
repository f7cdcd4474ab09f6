package dev.whirl.feeds.manage;

import dev.whirl.feeds.feed.InvalidFeedException;
import dev.whirl.model.entity.NamespaceName;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Lets what is done for one namespace in this process happen one after the other. The monitor guards [#taken].
final class Turns {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Set<NamespaceName> taken = new HashSet<>();

    /// Of a namespace; close it once.
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /// Waits until nobody else has the namespace's turn.
    ///
    /// @throws InvalidFeedException 503 if that takes too long
    synchronized Turn take(NamespaceName namespace) throws InvalidFeedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        try {
            while (!taken.add(namespace)) {
                wait(millisUntil(end));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        }
        return () -> give(namespace);
    }

    private static long millisUntil(long end) throws InvalidFeedException {
        long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (millis <= 0) { // to wait for zero is to wait for ever
            throw busy();
        }
        return millis;
    }

    private static InvalidFeedException busy() {
        return new InvalidFeedException(503, "Other feeds of the namespace are being stored. Try again.");
    }

    private synchronized void give(NamespaceName namespace) {
        taken.remove(namespace);
        notifyAll();
    }
}
