package dev.whirl.controller.invoke;

import dev.whirl.bus.Bus;
import dev.whirl.bus.BusException;
import dev.whirl.model.message.EntityChanged;
import dev.whirl.model.message.Topic;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells other processes that entities have changed. What is written is written, whether they can be told at once or
/// not: where the bus is away they are told as soon as it is back, for as long as they could keep anything.
final class Announcements {
    private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int MOST_ATTEMPTS = 300;
    private static final int MOST_WAITING = 10_000;

    private final Bus bus;
    private final Semaphore room = new Semaphore(MOST_WAITING);

    Announcements(Bus bus) {
        this.bus = bus;
    }

    /// Never fails.
    void tell(EntityChanged change) {
        if (!isTold(change) && room.tryAcquire()) {
            Thread.ofVirtual().name("announce").start(() -> tellLater(change));
        }
    }

    private void tellLater(EntityChanged change) {
        try {
            for (int attempt = 1; attempt < MOST_ATTEMPTS && !Thread.interrupted(); attempt++) {
                LockSupport.parkNanos(PAUSE.toNanos());
                if (isTold(change)) {
                    return;
                }
            }
        } finally {
            room.release();
        }
    }

    private boolean isTold(EntityChanged change) {
        try {
            bus.publish(new Topic.CacheInvalidation(), change);
            return true;
        } catch (BusException e) {
            LOG.atWarn().addKeyValue("entity", change.id()).setCause(e).log("Others can't be told of a change now");
            return false;
        }
    }
}
