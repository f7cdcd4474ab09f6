package dev.whirl.controller.api.http;

import dev.whirl.model.ApiException;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Cuts off clients that send or take their bytes too slowly (attack 25): interrupts threads that were to be
/// done with their socket by now, which closes it. Where there is something to say before, it is said for a moment. A
/// time in which this process itself stood still counts for nobody.
final class Deadlines implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);
    private static final Duration LOOK = Duration.ofMillis(500);

    private static final long FAREWELL_NANOS = Duration.ofSeconds(1).toNanos();

    /// @param nanos in running time
    /// @param farewell what is to be done before the cut, on another thread; null for nothing
    private record Deadline(long nanos, @Nullable Runnable farewell) {}

    private final RunningTime time = new RunningTime(LOOK, System::nanoTime);
    private final ConcurrentHashMap<Thread, Deadline> deadlines = new ConcurrentHashMap<>();

    /// Threads that are cut by then, whatever became of their farewells. Of the watcher alone.
    private final Map<Thread, Long> leaving = new HashMap<>();

    private final Thread watcher =
            Thread.ofVirtual().name("controller-deadlines").unstarted(this::watch);

    void start() {
        watcher.start();
    }

    /// From now on the calling thread has so much time, until [#end].
    void begin(Duration time) {
        begin(time, null);
    }

    private void begin(Duration time, @Nullable Runnable farewell) {
        deadlines.put(Thread.currentThread(), new Deadline(this.time.nanos() + time.toNanos(), farewell));
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
        return within(time, null, work);
    }

    /// The same, and if the time is over something is said to the client first.
    ///
    /// @param farewell may block; null for nothing
    <T> T within(Duration time, @Nullable Runnable farewell, Work<T> work) {
        begin(time, farewell);
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
            time.look();
            cut(time.nanos());
        } catch (RuntimeException | Error e) { // without this thread nobody is too slow any more
            LOG.atError().setCause(e).log("cutting slow connections failed; it goes on");
        }
    }

    private void cut(long now) {
        deadlines.forEach((thread, deadline) -> {
            if (deadline.nanos() - now < 0 && deadlines.remove(thread, deadline)) {
                LOG.debug("cut a connection that was too slow");
                if (deadline.farewell() == null) {
                    thread.interrupt();
                } else {
                    leave(thread, deadline.farewell());
                    leaving.put(thread, now + FAREWELL_NANOS);
                }
            }
        });
        leaving.entrySet().removeIf(each -> {
            boolean isOver = each.getValue() - now < 0;
            if (isOver) {
                each.getKey().interrupt();
            }
            return isOver;
        });
    }

    private static void leave(Thread thread, Runnable farewell) {
        Thread.ofVirtual().name("farewell").start(() -> {
            try {
                farewell.run();
            } catch (RuntimeException e) {
                LOG.debug("nothing could be said to a client that was too slow", e);
            } finally {
                thread.interrupt();
            }
        });
    }
}
