package dev.whirl.sandbox.process.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks a program something: what it prints within a bounded time, up to a bounded length, without the settings for
/// languages and libraries that this server's environment may hold.
final class ProgramOutput {
    private static final int MAX_BYTES = 64 * 1024;

    /// What version managers need to find their programs.
    private static final Set<String> VARIABLES = Set.of(
            "PATH",
            "HOME",
            "LANG",
            "PYENV_ROOT",
            "PYENV_VERSION",
            "NVM_DIR",
            "ASDF_DIR",
            "ASDF_DATA_DIR",
            "VOLTA_HOME",
            "SDKMAN_DIR");

    private ProgramOutput() {}

    /// Both of its streams; empty if it can't be started or does not end in time.
    static Optional<String> of(List<String> command, Duration patience) {
        try {
            Process process = builder(command).start();
            try {
                process.getOutputStream().close();
                return Optional.of(read(process).get(patience.toMillis(), TimeUnit.MILLISECONDS));
            } finally {
                end(process);
            }
        } catch (IOException | ExecutionException | TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static ProcessBuilder builder(List<String> command) {
        var builder = new ProcessBuilder(command).redirectErrorStream(true).directory(new File("/"));
        builder.environment().keySet().retainAll(VARIABLES);
        return builder;
    }

    /// On a thread of the system: one that hangs must not keep a virtual thread's carrier.
    private static CompletableFuture<String> read(Process process) {
        var text = new CompletableFuture<String>();
        Thread.ofPlatform().name("program-output").daemon().start(() -> {
            try {
                text.complete(new String(process.getInputStream().readNBytes(MAX_BYTES), UTF_8));
            } catch (IOException e) {
                text.completeExceptionally(e);
            }
        });
        return text;
    }

    private static void end(Process process) {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
        }
        process.destroyForcibly();
    }
}
