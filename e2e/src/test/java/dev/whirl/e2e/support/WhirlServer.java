package dev.whirl.e2e.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// One standalone server as a process of its own. Closing it stops it and deletes what it made.
public final class WhirlServer implements AutoCloseable {
    private static final Duration START_DEADLINE = Duration.ofSeconds(60);
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(40);

    private final Process process;
    private final int port;
    private final Path home;
    private final Path data;

    private WhirlServer(Process process, int port, Path home, Path data) {
        this.process = process;
        this.port = port;
        this.home = home;
        this.data = data;
    }

    /// Starts a server on a free port of the loopback address and waits until it answers.
    public static WhirlServer start(ServerOptions options) {
        WhirlServer server = launch(options, freePort());
        try {
            server.awaitReady();
            return server;
        } catch (RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    /// Starts a server and does not wait for anything: for servers that are expected to refuse.
    public static WhirlServer launch(ServerOptions options, int port) {
        try {
            Path home = Files.createTempDirectory("whirl-e2e-");
            Path given = options.data();
            Path data = given == null ? home.resolve("data") : given;
            return new WhirlServer(spawn(options, port, home, data), port, home, data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process spawn(ServerOptions options, int port, Path home, Path data) throws IOException {
        List<String> words = new ArrayList<>(options.prefix());
        words.addAll(ServerCommand.words());
        words.addAll(List.of("--port", Integer.toString(port), "--data", data.toString()));
        options.settings().forEach((key, value) -> words.addAll(List.of("--set", key + "=" + value)));
        words.addAll(options.arguments());
        var builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("output.txt").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("WHIRL_"));
        builder.environment().putAll(ServerCommand.environment());
        builder.environment().putAll(options.environment());
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    public static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        Api api = Api.anonymous(this);
        Awaitility.await("server is ready")
                .atMost(START_DEADLINE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !process.isAlive() || api.answersPing());
        if (!process.isAlive()) {
            throw new IllegalStateException("the server ended with %d: %s".formatted(process.exitValue(), output()));
        }
    }

    public int port() {
        return port;
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public Path data() {
        return data;
    }

    public long pid() {
        return process.pid();
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// All that it has written to stdout and stderr so far.
    public String output() {
        try {
            return Files.readString(home.resolve("output.txt"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits for the end of the process; null if it goes on.
    public @Nullable Integer awaitExit(Duration deadline) {
        try {
            return process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS) ? process.exitValue() : null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /// Asks it to stop (SIGTERM), without waiting.
    public void terminate() {
        process.destroy();
    }

    /// Ends it at once (SIGKILL) and waits until it is gone.
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /// Memory that the server process holds, in KiB.
    public long residentKibibytes() {
        return residentKibibytes("VmRSS:");
    }

    /// The most memory that the server process ever held, in KiB.
    public long peakKibibytes() {
        return residentKibibytes("VmHWM:");
    }

    private long residentKibibytes(String field) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status")).stream()
                    .filter(line -> line.startsWith(field))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("server is gone: " + output(), e);
        }
    }

    @Override
    public void close() {
        terminate();
        if (awaitExit(STOP_DEADLINE) == null) {
            kill();
        }
        Folders.deleteRecursively(home);
    }
}
