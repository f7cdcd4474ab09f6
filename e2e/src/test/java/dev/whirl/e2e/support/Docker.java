package dev.whirl.e2e.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.whirl.sandbox.docker.TestEngine;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The `docker` command, with the tests' engine.
public final class Docker {
    private static final Duration SHORT = Duration.ofMinutes(1);

    private Docker() {}

    /// Asks the engine for something that takes no time.
    ///
    /// @param words after `docker`
    /// @return what it printed on its standard output, without blanks around it
    /// @throws AssertionError with all that it printed, if it fails
    public static String run(String... words) {
        return run(List.of(words));
    }

    /// As [#run(String...)].
    public static String run(List<String> words) {
        var command = new ArrayList<>(List.of("docker"));
        command.addAll(words);
        return call(SHORT, command);
    }

    /// Runs a program that finds the engine in its environment, and the Java of these tests.
    ///
    /// @param patience how long it may take
    /// @return what it printed on its standard output, without blanks around it
    /// @throws AssertionError with all that it printed, if it fails
    public static String call(Duration patience, List<String> command) {
        try {
            File complaints = File.createTempFile("docker", ".log");
            Process process = builder(command).redirectError(complaints).start();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new AssertionError("%s: %s %s".formatted(command, said, Files.readString(complaints.toPath())));
            }
            Files.delete(complaints.toPath());
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /// What a container has printed, on both of its streams.
    public static String log(String container) {
        try {
            Process process = builder(List.of("docker", "logs", container))
                    .redirectErrorStream(true)
                    .start();
            return new String(process.getInputStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProcessBuilder builder(List<String> command) throws IOException {
        var builder = new ProcessBuilder(command);
        try {
            builder.environment().put("DOCKER_HOST", "unix://" + TestEngine.socket());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }
}
