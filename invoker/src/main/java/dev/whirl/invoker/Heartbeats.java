package dev.whirl.invoker;

import dev.whirl.bus.Bus;
import dev.whirl.bus.BusException;
import dev.whirl.common.units.ByteSize;
import dev.whirl.invoker.pool.Pool;
import dev.whirl.invoker.pool.PoolSnapshot;
import dev.whirl.model.message.Heartbeat;
import dev.whirl.model.message.InvokerId;
import dev.whirl.model.message.Topic;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the controllers how this invoker stands: each second, and within a tenth of one when free memory or the
/// number of warm sandboxes has changed.
final class Heartbeats {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);
    private static final long BEAT = Duration.ofSeconds(1).toNanos();
    private static final long LOOK = Duration.ofMillis(100).toNanos();

    /// What is worth telling at once.
    private record Shape(int warm, ByteSize available, boolean isDraining) {}

    private final InvokerId id;
    private final Heartbeat.Traits traits;
    private final Pool pool;
    private final Bus bus;
    private volatile boolean isRunning;
    private volatile boolean isDraining;
    private volatile @Nullable Thread thread;

    Heartbeats(InvokerId id, Heartbeat.Traits traits, Pool pool, Bus bus) {
        this.id = id;
        this.traits = traits;
        this.pool = pool;
        this.bus = bus;
    }

    void start() {
        isRunning = true;
        beat();
        thread = Thread.ofVirtual().name("heartbeat").start(this::run);
    }

    /// Says at once whether more work is taken, and goes on beating.
    void draining(boolean isNow) {
        isDraining = isNow;
        beat();
    }

    void stop() {
        isRunning = false;
        LockSupport.unpark(thread);
    }

    private void run() {
        long lastBeat = System.nanoTime();
        Shape told = shape();
        while (isRunning) {
            LockSupport.parkNanos(this, LOOK);
            Shape now = shape();
            boolean isDue = System.nanoTime() - lastBeat >= BEAT;
            if (isRunning && (isDue || !now.equals(told))) {
                lastBeat = System.nanoTime();
                told = now;
                beat();
            }
        }
    }

    private Shape shape() {
        PoolSnapshot now = pool.snapshot();
        return new Shape(now.active() + now.idle(), now.available(), isDraining);
    }

    /// One after the other: an older word on whether work is taken must not follow a newer one.
    private synchronized void beat() {
        try {
            bus.publish(
                    new Topic.Health(),
                    new Heartbeat(
                            id, pool.memory(), pool.snapshot().available(), pool.warmPlaces(), isDraining, traits));
        } catch (BusException e) {
            LOG.atWarn().setCause(e).log("A heartbeat could not be sent");
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("A heartbeat failed; the next one follows");
        }
    }
}
