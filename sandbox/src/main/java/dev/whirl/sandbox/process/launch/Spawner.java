package dev.whirl.sandbox.process.launch;

import dev.whirl.sandbox.process.system.Landlock;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Starts processes from threads that live as long as the server: a process that asks to die with its parent dies with
/// the thread that started it, and virtual threads are carried by threads that come and go.
public final class Spawner implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int SET_USER_ID = 0x800;
    private static final ThreadFactory FACTORY =
            Thread.ofPlatform().name("sandbox-spawn-", 0).daemon().factory();

    private final ExecutorService threads;

    /// For any processes.
    public Spawner() {
        this(false);
    }

    /// For sandboxes that share this machine's network: they can't connect to its abstract sockets, if the kernel has
    /// Landlock for that, and bubblewrap needs no privilege of its own, which would be lost.
    public static Spawner ofASharedNetwork() {
        return new Spawner(Programs.find("bwrap").filter(Spawner::isPlain).isPresent());
    }

    /// Starts its threads now: later there may be no room for one.
    private Spawner(boolean keepsFromAbstractSockets) {
        var pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                keepsFromAbstractSockets ? task -> FACTORY.newThread(() -> runKeptFromSockets(task)) : FACTORY);
        pool.prestartAllCoreThreads();
        threads = pool;
    }

    private static void runKeptFromSockets(Runnable task) {
        Landlock.keepFromAbstractSockets();
        task.run();
    }

    private static boolean isPlain(Path program) {
        try {
            return ((int) Files.getAttribute(program, "unix:mode") & SET_USER_ID) == 0;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /// Starts it with that environment and nothing else of this server's.
    public Process spawn(List<String> command, Map<String, String> environment, Path folder)
            throws IOException, InterruptedException {
        return spawn(silent(builder(command, environment, folder)));
    }

    /// Starts something without an environment that this server talks with, over its standard streams; errors come
    /// with its output.
    Process spawnTalking(List<String> command) throws IOException, InterruptedException {
        return spawn(builder(command, Map.of(), Path.of("/")).redirectErrorStream(true));
    }

    private Process spawn(ProcessBuilder builder) throws IOException, InterruptedException {
        var started = new CompletableFuture<Process>();
        threads.execute(() -> {
            try {
                started.complete(builder.start());
            } catch (Throwable e) { // a thread or memory can be wanting: who waits must hear of everything
                started.completeExceptionally(e);
            }
        });
        try {
            return started.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known
                    ? known
                    : new IOException("no process could be started: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            var _ = started.thenAccept(Process::destroyForcibly); // nobody else knows of it
            throw e;
        }
    }

    private static ProcessBuilder builder(List<String> command, Map<String, String> environment, Path folder) {
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }

    private static ProcessBuilder silent(ProcessBuilder builder) {
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        return builder;
    }

    /// Ends the threads, and with them what was started to die with its parent.
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
