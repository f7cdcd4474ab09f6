package dev.whirl.sandbox.kubernetes.api;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The watch in use, which is replaced by another one when it has gone silent: somewhere on the way
/// a connection is dead, and nobody says so. `lock` guards the fields that are not final.
final class CurrentWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CurrentWatch.class);

    /// Silence that another connection does not end has another reason.
    private static final Duration LEAST_AGE = Duration.ofSeconds(3);

    private final Informers informers;
    private final ResourceEventHandler<Pod> handler;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<SharedIndexInformer<Pod>> current = Optional.empty();
    private long startedNanos;
    private boolean isClosed;

    CurrentWatch(Informers informers, ResourceEventHandler<Pod> handler) {
        this.informers = informers;
        this.handler = handler;
    }

    void start() throws ClusterException, InterruptedException {
        lock.lock();
        try {
            replace();
        } finally {
            lock.unlock();
        }
    }

    /// Unless somebody else does it just now, or has done it a moment ago.
    void renew() throws ClusterException, InterruptedException {
        if (!lock.tryLock()) {
            return;
        }
        try {
            if (!isClosed && System.nanoTime() - startedNanos >= LEAST_AGE.toNanos()) {
                log.atWarn().log("The watch of pods was silent. It is made anew");
                replace();
            }
        } finally {
            lock.unlock();
        }
    }

    /// One that is being made is waited for, a bounded time.
    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            current.ifPresent(SharedIndexInformer::close);
        } finally {
            lock.unlock();
        }
    }

    private void replace() throws ClusterException, InterruptedException {
        Optional<SharedIndexInformer<Pod>> old = current;
        current = Optional.of(informers.start(handler));
        startedNanos = System.nanoTime();
        old.ifPresent(SharedIndexInformer::close);
    }
}
