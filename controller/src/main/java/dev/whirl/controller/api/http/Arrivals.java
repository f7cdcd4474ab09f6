package dev.whirl.controller.api.http;

import io.helidon.common.buffers.DataWriter;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Tells whoever reads a body how many bytes came from the socket, before the server collects them into whole
/// chunks: a chunk may have 50 MB, and nobody else counts them in time. Each connection has a thread of its own.
final class Arrivals {
    /// Somebody who reads a body.
    static final class Reading {
        private final IntConsumer listener;
        private volatile @Nullable DataWriter wayBack;

        private Reading(IntConsumer listener) {
            this.listener = listener;
        }

        /// By which the sender can be answered while its bytes are waited for; null if they were not yet.
        @Nullable
        DataWriter wayBack() {
            return wayBack;
        }
    }

    private final ConcurrentHashMap<Thread, Reading> readings = new ConcurrentHashMap<>();

    /// From now on the listener hears what comes on the calling thread's connection; it may throw.
    Reading listen(IntConsumer listener) {
        var reading = new Reading(listener);
        readings.put(Thread.currentThread(), reading);
        return reading;
    }

    /// The calling thread reads no body any more.
    void ignore() {
        readings.remove(Thread.currentThread());
    }

    /// The calling thread waits for bytes now.
    void waiting(DataWriter wayBack) {
        Reading reading = readings.get(Thread.currentThread());
        if (reading != null) {
            reading.wayBack = wayBack;
        }
    }

    void came(int bytes) {
        Reading reading = readings.get(Thread.currentThread());
        if (reading != null) {
            reading.listener.accept(bytes);
        }
    }
}
