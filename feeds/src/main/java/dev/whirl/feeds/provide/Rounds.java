package dev.whirl.feeds.provide;

import dev.whirl.store.LogPace;
import dev.whirl.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets a provider look around every now and then. The monitor guards [#thread].
public final class Rounds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

    private static final int MOST_SILENT_ROUNDS = 30;

    private final Provider provider;
    private final Duration every;
    private final LogPace pace = new LogPace();
    private @Nullable Thread thread;
    private volatile boolean hasLooked;
    private volatile long lookedAt;

    public Rounds(Provider provider, Duration every) {
        this.provider = provider;
        this.every = every;
    }

    /// Why no feed is looked after now, if none is: they were not read yet, or the store has not answered lately.
    public Optional<String> obstacle() {
        if (!hasLooked) {
            return Optional.of("the feeds could not be read yet");
        }
        boolean isSilent = System.nanoTime() - lookedAt
                > every.multipliedBy(MOST_SILENT_ROUNDS).toNanos();
        return isSilent ? Optional.of("the store does not answer") : Optional.empty();
    }

    public synchronized void start() {
        thread = Thread.ofVirtual().name("feeds").start(this::run);
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                provider.refresh();
                lookedAt = System.nanoTime();
                hasLooked = true;
                Thread.sleep(every);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (StoreException e) {
                pace.log(held -> LOG.atWarn()
                        .addKeyValue("reason", e.getMessage())
                        .addKeyValue("since", held)
                        .log("feeds wait for the store"));
                pause();
            } catch (RuntimeException | StackOverflowError e) {
                LOG.atError().setCause(e).log("the provider of feeds failed");
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(every);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        Thread running;
        synchronized (this) {
            running = thread;
        }
        if (running != null) {
            running.interrupt();
            try {
                running.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        provider.close();
    }
}
