package dev.whirl.controller.api.http;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;

/// Tells whoever reads a body how many bytes came from the socket, before the server collects them into whole
/// chunks: a chunk may have 50 MB, and nobody else counts them in time. Each connection has a thread of its own.
final class Arrivals {
    private final ConcurrentHashMap<Thread, IntConsumer> listeners = new ConcurrentHashMap<>();

    /// From now on the listener hears what comes on the calling thread's connection; it may throw.
    void listen(IntConsumer listener) {
        listeners.put(Thread.currentThread(), listener);
    }

    /// The calling thread reads no body any more.
    void ignore() {
        listeners.remove(Thread.currentThread());
    }

    void came(int bytes) {
        IntConsumer listener = listeners.get(Thread.currentThread());
        if (listener != null) {
            listener.accept(bytes);
        }
    }
}
