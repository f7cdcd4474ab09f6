package dev.whirl.sandbox.process.launch;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Starts processes from threads that live as long as the server: a process that asks to die with its parent dies with
/// the thread that started it, and virtual threads are carried by threads that come and go.
public final class Spawner implements AutoCloseable {
    private static final int THREADS = 2;

    private final ExecutorService threads = Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().name("sandbox-spawn-", 0).daemon().factory());

    /// Starts it with that environment and nothing else of this server's.
    public Process spawn(List<String> command, Map<String, String> environment, Path folder)
            throws IOException, InterruptedException {
        var started = new CompletableFuture<Process>();
        threads.execute(() -> {
            try {
                started.complete(builder(command, environment, folder).start());
            } catch (IOException | RuntimeException e) {
                started.completeExceptionally(e);
            }
        });
        try {
            return started.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
        } catch (InterruptedException e) {
            var _ = started.thenAccept(Process::destroyForcibly); // nobody else knows of it
            throw e;
        }
    }

    private static ProcessBuilder builder(List<String> command, Map<String, String> environment, Path folder) {
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
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
