package dev.whirl.e2e.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `whirl ROLE`: one part of a cluster as a process of its own, on a free port. Closing it stops it.
public final class RoleProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String role;
    private final int port = WhirlServer.freePort();
    private final Process process;

    private RoleProcess(String role, Map<String, String> settings) {
        this.role = role;
        List<String> words = new ArrayList<>(List.of(
                "/bin/sh",
                ServerCommand.distribution().resolve("bin/whirl").toString(),
                role,
                "--set",
                "http.port=" + port));
        settings.forEach((key, value) -> words.addAll(List.of("--set", key + "=" + value)));
        var builder = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> name.startsWith("WHIRL_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts it and waits until it says that it is ready.
    public static RoleProcess start(String role, Map<String, String> settings) {
        var started = new RoleProcess(role, settings);
        try {
            Waiting.until(PATIENCE, role + " is ready", started::isReady);
            return started;
        } catch (RuntimeException | Error e) {
            started.close();
            throw e;
        }
    }

    private boolean isReady() {
        if (!process.isAlive()) {
            throw new IllegalStateException("%s ended with %d".formatted(role, process.exitValue()));
        }
        try {
            return caller().trySend(caller().request("/ready").GET()).status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /// Anybody.
    public Api caller() {
        return new Api(URI.create("http://127.0.0.1:" + port), HttpClient.newHttpClient(), null);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
