package dev.whirl.server;

/// Adapts a stop that may be interrupted to a part's stop.
final class Stopping {
    /// Something that stops and may be interrupted while it waits.
    interface Interruptible {
        void stop() throws InterruptedException;
    }

    private Stopping() {}

    /// Stops; when the thread is interrupted, the rest of the platform still stops.
    static Runnable uninterrupted(Interruptible part) {
        return () -> {
            try {
                part.stop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }
}
