package dev.whirl.sandbox.http;

import dev.whirl.sandbox.SandboxException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sandboxes of one backend, from before their start to their end. None is left when the
/// backend closes, not even one whose start was under way. `this` guards `starting` and `isEnding`.
///
/// @param <S> what the backend makes
public final class LiveSandboxes<S extends ContainerSandbox> {
    private static final Logger log = LoggerFactory.getLogger(LiveSandboxes.class);

    private final Map<String, S> running = new ConcurrentHashMap<>();
    private int starting;
    private boolean isEnding;

    /// Starts one sandbox.
    public interface Start<S> {
        /// @param whenClosed to be told once the sandbox is closed
        S perform(Consumer<ContainerSandbox> whenClosed) throws SandboxException, InterruptedException;
    }

    /// @throws SandboxException if it could not be started, or nothing may start any more
    public S start(Start<S> start) throws SandboxException, InterruptedException {
        begin();
        try {
            S sandbox = start.perform(this::gone);
            running.put(sandbox.id(), sandbox);
            if (isEnding()) {
                sandbox.close();
            }
            return sandbox;
        } finally {
            end();
        }
    }

    /// What the backend calls those that run.
    public Set<String> names(Function<S, String> name) {
        return running.values().stream().map(name).collect(Collectors.toSet());
    }

    /// From now on nothing starts. What is being started goes on.
    public synchronized void refuse() {
        isEnding = true;
    }

    /// Closes all, those too that are just being started, and starts none any more.
    ///
    /// @param patience for all of it; what is not closed by then is left
    public void close(Duration patience) {
        refuse();
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            closeRunning(deadline);
            awaitStarts(deadline); // they close what they started themselves
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!running.isEmpty()) {
            log.atWarn().addKeyValue("sandboxes", running.size()).log("Not all sandboxes could be closed in time");
        }
    }

    private synchronized boolean isEnding() {
        return isEnding;
    }

    private synchronized void begin() throws SandboxException {
        if (isEnding) {
            throw new SandboxException("the server is ending");
        }
        starting++;
    }

    private synchronized void end() {
        starting--;
        notifyAll();
    }

    private synchronized void awaitStarts(long deadline) throws InterruptedException {
        long left = millisUntil(deadline);
        while (starting > 0 && left > 0) {
            wait(left);
            left = millisUntil(deadline);
        }
    }

    private void closeRunning(long deadline) throws InterruptedException {
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        running.values().forEach(each -> threads.execute(each::close));
        threads.shutdown();
        try {
            boolean _ = threads.awaitTermination(millisUntil(deadline), TimeUnit.MILLISECONDS);
        } finally {
            threads.shutdownNow();
        }
    }

    private static long millisUntil(long deadline) {
        return TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }

    private void gone(ContainerSandbox sandbox) {
        running.remove(sandbox.id());
    }
}
