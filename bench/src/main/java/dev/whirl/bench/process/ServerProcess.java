package dev.whirl.bench.process;

import dev.whirl.bench.http.Api;
import dev.whirl.bench.http.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// A server that was started for a measurement, on a free loopback port and with a data folder of its own. Closing
/// stops it and removes the folder; it is stopped as well when this process ends.
public final class ServerProcess implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);
    private static final Duration TRY_EVERY = Duration.ofMillis(2);

    private final Process process;
    private final Path folder;
    private final Endpoint endpoint;
    private final long startNanos;
    private final Thread lastResort;

    private ServerProcess(Process process, Path folder, Endpoint endpoint, long startNanos) {
        this.process = process;
        this.folder = folder;
        this.endpoint = endpoint;
        this.startNanos = startNanos;
        this.lastResort = new Thread(process::destroy, "stop-server");
        Runtime.getRuntime().addShutdownHook(lastResort);
    }

    /// Starts a server; it need not be ready when this returns.
    public static ServerProcess start(ServerCommand command) throws IOException {
        Path folder = Files.createTempDirectory("whirl-bench-");
        var endpoint = new Endpoint("127.0.0.1", freePort());
        var builder = new ProcessBuilder(command.on(endpoint.port(), folder.resolve("data")));
        builder.redirectErrorStream(true).redirectOutput(log(folder).toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        long start = System.nanoTime();
        return new ServerProcess(builder.start(), folder, endpoint, start);
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    public long id() {
        return process.pid();
    }

    /// Waits for the first answer to `/ping`: the time since the process was started.
    public Duration awaitReady() throws IOException, InterruptedException {
        while (!answersPing()) {
            if (!process.isAlive() || sinceStart().compareTo(LONGEST_START) > 0) {
                throw new IOException("the server did not become ready; its last lines:\n" + lastLines());
            }
            LockSupport.parkNanos(TRY_EVERY.toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return sinceStart();
    }

    /// Time since the process was started.
    public Duration sinceStart() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    private boolean answersPing() {
        try (var api = new Api(endpoint, "")) {
            return api.get("/ping").status() == 200;
        } catch (IOException _) {
            return false; // not yet
        }
    }

    private String lastLines() {
        try (Stream<String> lines = Files.lines(log(folder))) {
            List<String> all = lines.limit(10_000).toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - 10), all.size()));
        } catch (IOException | UncheckedIOException unreadable) {
            return "(" + unreadable.getMessage() + ")";
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
            Runtime.getRuntime().removeShutdownHook(lastResort);
            remove(folder);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // the hook stops it
        }
    }

    private static Path log(Path folder) {
        return folder.resolve("server.log");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
