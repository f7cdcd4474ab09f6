package dev.whirl.e2e.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A command that has to succeed.
///
/// @param environment added to that of this process
record Script(Path folder, List<String> command, Map<String, String> environment) {
    Script {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /// Runs it to its end; fails with its output if it ends with anything but 0 or not in time.
    void run(Duration deadline) {
        try {
            Path output = Files.createTempFile("whirl-e2e-", ".txt");
            try {
                run(deadline, output);
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private void run(Duration deadline, Path output) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("WSK_") || name.startsWith("__OW_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        boolean hasEnded = process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
        if (!hasEnded) {
            process.destroyForcibly().waitFor();
        }
        if (!hasEnded || process.exitValue() != 0) {
            throw new AssertionError("%s %s:%n%s"
                    .formatted(
                            String.join(" ", command),
                            hasEnded ? "failed" : "did not end",
                            Files.readString(output, StandardCharsets.UTF_8)));
        }
    }
}
