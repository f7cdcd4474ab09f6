package dev.whirl.bench.process;

import dev.whirl.bench.http.Api;
import dev.whirl.bench.http.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A server that was started for a measurement, on a free loopback port. Closing stops it; it is stopped as well
/// when this process ends.
public final class ServerProcess implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);
    private static final Duration TRY_EVERY = Duration.ofMillis(2);

    private final ServerCommand command;
    private final Process process;
    private final DataFolder folder;
    private final Endpoint endpoint;
    private final long startNanos;
    private final Thread lastResort;

    private ServerProcess(
            ServerCommand command, Process process, DataFolder folder, Endpoint endpoint, long startNanos) {
        this.command = command;
        this.process = process;
        this.folder = folder;
        this.endpoint = endpoint;
        this.startNanos = startNanos;
        this.lastResort = new Thread(process::destroy, "stop-server");
        Runtime.getRuntime().addShutdownHook(lastResort);
    }

    /// Starts a server; it need not be ready when this returns.
    public static ServerProcess start(ServerCommand command, DataFolder folder) throws IOException {
        var endpoint = new Endpoint("127.0.0.1", freePort());
        var builder = new ProcessBuilder(command.on(endpoint.port(), folder.data()));
        builder.redirectErrorStream(true).redirectOutput(folder.log().toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        long start = System.nanoTime();
        return new ServerProcess(command, builder.start(), folder, endpoint, start);
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    public long id() {
        return process.pid();
    }

    /// The key that reads its metrics, if it tells; asks another process each time.
    public Optional<String> operatorKey() throws IOException {
        return OperatorKey.of(command, folder);
    }

    /// Waits for the first answer to `/ping`: the time since the process was started.
    public Duration awaitReady() throws IOException, InterruptedException {
        while (!answersPing()) {
            if (!process.isAlive() || sinceStart().compareTo(LONGEST_START) > 0) {
                throw new IOException("the server did not become ready; its last lines:\n" + folder.lastLines());
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

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
            Runtime.getRuntime().removeShutdownHook(lastResort);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // the hook stops it
        }
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
