package dev.whirl.bench.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The program `docker` with the engine behind a socket.
public record Docker(String socket) {
    private static final long LONGEST_SECONDS = 60;

    /// Runs a command: what it printed, without the last end of line.
    ///
    /// @throws IOException with what it said, if it failed or did not end
    public String run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("docker", "--host", "unix://" + socket));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("docker %s did not end".formatted(arguments[0]));
        }
        if (process.exitValue() != 0) {
            throw new IOException("docker %s: %s".formatted(arguments[0], said));
        }
        return said;
    }

    /// What is known of a container, by a template.
    public String inspect(String container, String template) throws IOException, InterruptedException {
        return run("inspect", "--format", template, container);
    }
}
