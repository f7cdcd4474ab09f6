package dev.whirl.sandbox.process.launch;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The [WarmParent]s of a server, one for each runtime that can be forked. Each is started when its runtime is first
/// wanted, beside that start, and replaced when it is retired or gone; after too many that failed, no more.
final class WarmParents implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WarmParents.class);
    private static final int MAX_FAILURES = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    /// How a parent comes to be.
    interface Starting {
        WarmParent start() throws IOException, InterruptedException;
    }

    private final Map<String, Place> places = new ConcurrentHashMap<>();
    private volatile boolean isClosed;

    /// The parent of that runtime, if there is one now. If not, one is started for later.
    Optional<WarmParent> find(String runtime, Starting starting) {
        return places.computeIfAbsent(runtime, Place::new).find(starting);
    }

    /// Whether the next sandbox of that runtime will be forked.
    boolean isReady(String runtime) {
        Place place = places.get(runtime);
        return place != null && place.isReady();
    }

    /// Tells that what a parent forked did not get ready.
    void distrust(String runtime, String reason) {
        Place place = places.get(runtime);
        if (place != null) {
            place.distrusted(reason);
        }
    }

    /// Tells that what a parent forked got ready.
    void trust(String runtime) {
        Place place = places.get(runtime);
        if (place != null) {
            place.succeeded();
        }
    }

    /// Ends all of them, and with them what they forked.
    @Override
    public void close() {
        isClosed = true;
        places.values().forEach(Place::close);
    }

    /// Where the parent of one runtime is; `this` guards it.
    private final class Place {
        private final String runtime;
        private final List<WarmParent> all = new ArrayList<>(); // the retired ones too
        private @Nullable WarmParent current;
        private @Nullable WarmParent blamed; // its failures count once, however many starts had part in them
        private boolean isStarting;
        private int failures; // in a row
        private long notBeforeNanos = System.nanoTime();

        Place(String runtime) {
            this.runtime = runtime;
        }

        synchronized boolean isReady() {
            return current != null && current.isUsable();
        }

        synchronized Optional<WarmParent> find(Starting starting) {
            if (current != null && current.isUsable()) {
                return Optional.of(current);
            }
            boolean isTooEarly = System.nanoTime() - notBeforeNanos < 0;
            if (!isStarting && !isTooEarly && failures < MAX_FAILURES && !isClosed) {
                isStarting = true;
                Thread.ofVirtual().name("sandbox-parent-start").start(() -> start(starting));
            }
            return Optional.empty();
        }

        private void start(Starting starting) {
            try {
                became(starting.start());
            } catch (IOException | RuntimeException e) {
                failed(String.valueOf(e.getMessage()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                synchronized (this) {
                    isStarting = false;
                }
            }
        }

        private synchronized void became(WarmParent parent) {
            all.removeIf(each -> !each.isRunning());
            all.add(parent);
            current = parent;
            if (isClosed) {
                parent.close();
            }
        }

        synchronized void succeeded() {
            failures = 0;
        }

        synchronized void distrusted(String reason) {
            if (current != null && current != blamed) {
                blamed = current;
                current.retire();
                failed(reason);
            }
        }

        synchronized void failed(String reason) {
            failures++;
            notBeforeNanos = System.nanoTime() + FIRST_PAUSE.toNanos() * (1L << failures);
            if (failures == 1 || failures == MAX_FAILURES) {
                log.atWarn()
                        .addKeyValue("runtime", runtime)
                        .addKeyValue("reason", reason)
                        .log(
                                failures == 1
                                        ? "sandboxes can't be forked from a warm parent now, so they start more slowly"
                                        : "sandboxes of this runtime are not forked any more: warm parents failed too often");
            }
        }

        synchronized void close() {
            all.forEach(WarmParent::close);
        }
    }
}
