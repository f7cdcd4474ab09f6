package dev.whirl.e2e.clients;

import dev.whirl.e2e.support.Folders;
import dev.whirl.e2e.support.Waiting;
import dev.whirl.e2e.support.WhirlServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Debian's `redis-server` on a port of the loopback address, with nothing kept. Closing it stops it.
final class RedisServer implements AutoCloseable {
    private final int port = WhirlServer.freePort();
    private final Path home;
    private final Process process;

    RedisServer() {
        try {
            home = Files.createTempDirectory("whirl-e2e-redis-");
            List<String> command = List.of(
                    "redis-server",
                    "--port",
                    Integer.toString(port),
                    "--bind",
                    "127.0.0.1",
                    "--save",
                    "",
                    "--dir",
                    home.toString());
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("output.txt").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("the package redis-server is needed", e);
        }
        Waiting.until(Duration.ofSeconds(20), "redis listens", this::isListening);
    }

    private boolean isListening() {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    String uri() {
        return "redis://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        Folders.deleteRecursively(home);
    }
}
