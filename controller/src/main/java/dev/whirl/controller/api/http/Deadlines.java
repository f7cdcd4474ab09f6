package dev.whirl.controller.api.http;

import dev.whirl.model.ApiException;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Cuts off clients that send or take their bytes too slowly (attack 25): interrupts threads that were to be
/// done with their socket by now, which closes it.
final class Deadlines implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);
    private static final Duration LOOK = Duration.ofMillis(500);

    private final ConcurrentHashMap<Thread, Long> deadlines = new ConcurrentHashMap<>();
    private final Thread watcher =
            Thread.ofVirtual().name("controller-deadlines").unstarted(this::watch);

    void start() {
        watcher.start();
    }

    /// From now on the calling thread has so much time, until [#end].
    void begin(Duration time) {
        deadlines.put(Thread.currentThread(), System.nanoTime() + time.toNanos());
    }

    /// The calling thread is done.
    ///
    /// @return false if its time was over: then it was or will be interrupted
    boolean end() {
        return deadlines.remove(Thread.currentThread()) != null;
    }

    /// What is to be done with a socket in bounded time.
    interface Work<T> {
        T run() throws IOException;
    }

    /// @throws CloseConnectionException if the time was over or the connection broke; nothing can be sent any
    ///     more
    <T> T within(Duration time, Work<T> work) {
        begin(time);
        T result;
        try {
            result = work.run();
        } catch (ApiException | RequestException e) {
            requireTime(e);
            throw e;
        } catch (IOException | RuntimeException e) {
            end();
            throw new CloseConnectionException("the connection broke", e);
        } catch (Error e) {
            end(); // else the thread would be interrupted in whatever it does by then
            throw e;
        }
        requireTime(null);
        return result;
    }

    private void requireTime(@Nullable RuntimeException cause) {
        if (!end()) {
            throw new CloseConnectionException("the client was too slow", cause);
        }
    }

    @Override
    public void close() {
        watcher.interrupt();
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(LOOK);
                cutAll();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void cutAll() {
        try {
            cut(System.nanoTime());
        } catch (RuntimeException | Error e) { // without this thread nobody is too slow any more
            LOG.atError().setCause(e).log("cutting slow connections failed; it goes on");
        }
    }

    private void cut(long now) {
        deadlines.forEach((thread, deadline) -> {
            if (deadline - now < 0 && deadlines.remove(thread, deadline)) {
                LOG.debug("cut a connection that was too slow");
                thread.interrupt();
            }
        });
    }
}
