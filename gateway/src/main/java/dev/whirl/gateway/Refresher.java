package dev.whirl.gateway;

import dev.whirl.gateway.manage.Apis;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks every now and then whether another process changed an API.
public final class Refresher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Refresher.class);

    private final Apis apis;
    private final Duration every;
    private @Nullable Thread thread;

    public Refresher(Apis apis, Duration every) {
        this.apis = apis;
        this.every = every;
    }

    public synchronized void start() {
        thread = Thread.ofVirtual().name("gateway refresh").start(this::run);
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(every);
                apis.refresh();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | StackOverflowError e) {
                LOG.atError().setCause(e).log("APIs could not be read again");
            }
        }
    }

    @Override
    public synchronized void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
