package dev.whirl.client.http;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/// Ends the writing to a server that reads nothing any more: sockets have no timeout for that. `this` guards the
/// fields.
final class StalledWrites {
    private final Socket socket;
    private final long maxNanos;
    private boolean isWatching;
    private boolean hasEnded;
    private long movedNanos;

    /// @param socket to close, the plain one: to close TLS would write, too
    /// @param patience how long nothing may be read
    StalledWrites(Socket socket, Duration patience) {
        this.socket = socket;
        this.maxNanos = patience.toNanos();
    }

    /// Watches until it is closed.
    synchronized Watch watch() {
        isWatching = true;
        movedNanos = System.nanoTime();
        Thread.ofVirtual().start(this::run);
        return new Watch();
    }

    /// The failure of a write as what it was.
    synchronized IOException explained(IOException failure) {
        if (!hasEnded) {
            return failure;
        }
        var timeout = new SocketTimeoutException("the server reads nothing any more");
        timeout.initCause(failure);
        return timeout;
    }

    private void run() {
        try {
            await();
        } catch (InterruptedException | IOException _) {
            // nobody interrupts it, and what cannot be closed is broken already
        }
    }

    private synchronized void await() throws InterruptedException, IOException {
        while (isWatching) {
            long leftNanos = maxNanos - (System.nanoTime() - movedNanos);
            if (leftNanos <= 0) {
                hasEnded = true;
                isWatching = false;
                socket.close();
                return;
            }
            wait(leftNanos / 1_000_000 + 1);
        }
    }

    private synchronized void moved() {
        movedNanos = System.nanoTime();
    }

    private synchronized void end() {
        isWatching = false;
        notifyAll();
    }

    /// One body on its way.
    final class Watch implements AutoCloseable {
        /// A part of it was taken.
        void hasMoved() {
            moved();
        }

        @Override
        public void close() {
            end();
        }
    }
}
