package dev.whirl.client.http;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/// Watches one body on its way, and ends the writing to a server that reads nothing any more: sockets have no
/// timeout for that. `this` guards the fields.
final class StallWatch implements AutoCloseable {
    private final Socket socket;
    private final long maxNanos;
    private boolean isOver;
    private boolean hasStalled;
    private long movedNanos = System.nanoTime();

    private StallWatch(Socket socket, Duration patience) {
        this.socket = socket;
        this.maxNanos = patience.toNanos();
    }

    /// Watches until it is closed.
    ///
    /// @param socket to close, the plain one: to close TLS would write, too
    /// @param patience how long nothing may be read
    static StallWatch start(Socket socket, Duration patience) {
        var watch = new StallWatch(socket, patience);
        Thread.ofVirtual().start(watch::run);
        return watch;
    }

    /// A part of the body was taken.
    synchronized void hasMoved() {
        movedNanos = System.nanoTime();
    }

    /// The failure of a write as what it was.
    synchronized IOException explained(IOException failure) {
        if (!hasStalled) {
            return failure;
        }
        var timeout = new SocketTimeoutException("the server reads nothing any more");
        timeout.initCause(failure);
        return timeout;
    }

    private void run() {
        try {
            if (isStalledBeforeItIsOver()) {
                socket.close();
            }
        } catch (InterruptedException | IOException _) {
            // nobody interrupts it, and what cannot be closed is broken already
        }
    }

    private synchronized boolean isStalledBeforeItIsOver() throws InterruptedException {
        while (!isOver && !hasStalled) {
            long leftNanos = maxNanos - (System.nanoTime() - movedNanos);
            hasStalled = leftNanos <= 0;
            if (!hasStalled) {
                wait(leftNanos / 1_000_000 + 1);
            }
        }
        return hasStalled;
    }

    @Override
    public synchronized void close() {
        isOver = true;
        notifyAll();
    }
}
