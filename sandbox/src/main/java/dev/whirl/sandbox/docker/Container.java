package dev.whirl.sandbox.docker;

import dev.whirl.sandbox.docker.engine.ContainerState;
import dev.whirl.sandbox.docker.engine.ContainerStream;
import dev.whirl.sandbox.docker.engine.Engine;
import dev.whirl.sandbox.output.ContainerOutput;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A container from its creation to its removal.
///
/// @param output what it prints
/// @param stream where that comes from
/// @param outputEnd done once no more comes: then the container has ended, or nobody takes what it prints
record Container(
        String id,
        String name,
        String network,
        Engine engine,
        ContainerOutput output,
        ContainerStream stream,
        CompletableFuture<Void> outputEnd,
        AtomicBoolean isRemoved) {
    private static final Logger log = LoggerFactory.getLogger(Container.class);
    private static final long END_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int REMOVE_ATTEMPTS = 6;

    /// Makes it, without starting it, and begins to listen to it.
    static Container create(Engine engine, dev.whirl.sandbox.docker.engine.ContainerOrder order)
            throws IOException, InterruptedException {
        String id = engine.create(order);
        try {
            var container = new Container(
                    id,
                    order.name(),
                    order.network(),
                    engine,
                    new ContainerOutput(),
                    engine.output(id),
                    new CompletableFuture<>(),
                    new AtomicBoolean());
            Thread.ofVirtual().name("container-output-" + order.name()).start(container::listen);
            return container;
        } catch (IOException | InterruptedException e) {
            removeQuietly(engine, id);
            throw e;
        }
    }

    ContainerState state() throws IOException, InterruptedException {
        return engine.inspect(id, network);
    }

    /// How it stands once it has ended; how it stands now if it does not end.
    ContainerState awaitEnd() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + END_PATIENCE_NANOS;
        long pause = FIRST_PAUSE_NANOS;
        ContainerState state = state();
        while (state.isRunning() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(pause);
            pause *= 2;
            state = state();
        }
        return state;
    }

    /// Kills and removes it; that is tried some times, the last ones in the background.
    void remove() {
        if (isRemoved.compareAndSet(false, true)) {
            if (!removeQuietly(engine, id)) {
                Thread.ofVirtual().name("container-remove-" + name).start(this::removeLater);
            }
            closeStream();
        }
    }

    private void removeLater() {
        long pause = TimeUnit.MILLISECONDS.toNanos(200);
        for (int attempt = 0; attempt < REMOVE_ATTEMPTS; attempt++) {
            LockSupport.parkNanos(pause);
            pause *= 2;
            if (removeQuietly(engine, id)) {
                return;
            }
        }
        log.atError().addKeyValue("container", name).log("A container could not be removed; it is tried again later");
    }

    private static boolean removeQuietly(Engine engine, String id) {
        boolean wasInterrupted = Thread.interrupted(); // what was made is removed, whoever gives up
        try {
            engine.remove(id);
            return true;
        } catch (IOException e) {
            log.atWarn().addKeyValue("container", id).setCause(e).log("A container could not be removed");
            return false;
        } catch (InterruptedException e) {
            wasInterrupted = true;
            return false;
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void listen() {
        try {
            stream.forEach(output::piece);
        } catch (IOException | RuntimeException e) {
            log.atDebug().addKeyValue("container", name).setCause(e).log("The output of a container broke off");
        } finally {
            output.close();
            closeStream();
            outputEnd.complete(null);
        }
    }

    private void closeStream() {
        try {
            stream.close();
        } catch (IOException e) {
            log.atTrace().setCause(e).log("closing what is over");
        }
    }
}
