package dev.whirl.bus.kafka;

import java.time.Duration;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;

/// Ending of threads and of what they own.
final class Threads {
    private static final Duration LEAVE = Duration.ofSeconds(2);

    private Threads() {}

    /// Leaves the group, if there is one and a broker answers.
    static void close(Consumer<?, ?> consumer) {
        consumer.close(CloseOptions.timeout(LEAVE));
    }

    /// Waits a while; never for itself.
    static void join(Thread thread, Duration patience) {
        if (thread == Thread.currentThread()) {
            return;
        }
        try {
            thread.join(patience);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
