package dev.whirl.bench.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// A Redis that keeps nothing, on a free loopback port. Closing stops it; it is stopped as well when this process ends.
public final class RedisServer implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofSeconds(20);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(1);
    private static final Duration TRY_EVERY = Duration.ofMillis(5);

    private final int port;
    private final Process process;
    private final Thread lastResort;

    private RedisServer(int port, Process process) {
        this.port = port;
        this.process = process;
        this.lastResort = new Thread(process::destroyForcibly, "stop-redis");
        Runtime.getRuntime().addShutdownHook(lastResort);
    }

    /// Starts it and waits until it answers.
    ///
    /// @throws IOException if it is not installed, or does not come up
    public static RedisServer start() throws IOException {
        int port = ServerProcess.freePort();
        var server = new RedisServer(port, started(port));
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (!server.answers()) {
            if (!server.process.isAlive() || System.nanoTime() - end > 0) {
                server.close();
                throw new IOException("redis-server did not come up on port " + port);
            }
            LockSupport.parkNanos(TRY_EVERY.toNanos());
        }
        return server;
    }

    private static Process started(int port) throws IOException {
        String number = Integer.toString(port);
        List<String> words =
                List.of("redis-server", "--port", number, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no");
        try {
            return new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .start();
        } catch (IOException e) {
            throw new IOException("redis-server, which a gateway of its own needs, can't be started", e);
        }
    }

    /// Its address, as the gateway is told it.
    public String url() {
        return "redis://127.0.0.1:%d/0".formatted(port);
    }

    private boolean answers() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) LONGEST_ANSWER.toMillis());
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() == '+';
        } catch (IOException _) {
            return false; // not yet
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        Runtime.getRuntime().removeShutdownHook(lastResort);
    }
}
