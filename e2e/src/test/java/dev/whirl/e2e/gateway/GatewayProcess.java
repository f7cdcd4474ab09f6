package dev.whirl.e2e.gateway;

import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.ServerCommand;
import dev.whirl.e2e.support.Waiting;
import dev.whirl.e2e.support.WhirlServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A gateway with a real Redis behind it and the controller of a server that runs already.
final class GatewayProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final int redisPort = WhirlServer.freePort();
    private final int port = WhirlServer.freePort();
    private @Nullable Process redis;
    private final Process gateway;

    GatewayProcess(WhirlServer controller) {
        startRedis();
        gateway = run(
                "/bin/sh",
                ServerCommand.distribution().resolve("bin/whirl").toString(),
                "gateway",
                "--set",
                "http.port=" + port,
                "--set",
                "gateway.redis.url=redis://localhost:%d/0".formatted(redisPort),
                "--set",
                "gateway.controllers=" + controller.address(),
                "--set",
                "gateway.refresh=50ms",
                "--set",
                "gateway.url=https://apis.example.com",
                "--set",
                "gateway.user=op",
                "--set",
                "gateway.pass=secret");
        Waiting.until(PATIENCE, "the gateway is ready", this::isReady);
    }

    private boolean isReady() {
        try {
            return caller().trySend(caller().request("/health").GET()).status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /// Anybody.
    Api caller() {
        return new Api(URI.create("http://127.0.0.1:" + port), HttpClient.newHttpClient(), null);
    }

    Api operator() {
        return caller().with(Api.basic("op:secret"));
    }

    void startRedis() {
        redis = run(
                "redis-server",
                "--port",
                Integer.toString(redisPort),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no");
        Waiting.until(PATIENCE, "Redis is ready", this::redisAnswers);
    }

    void stopRedis() {
        Process running = redis;
        if (running != null) {
            running.destroyForcibly().onExit().join();
        }
    }

    private boolean redisAnswers() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), redisPort)) {
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() == '+';
        } catch (IOException e) {
            return false;
        }
    }

    private static Process run(String... words) {
        try {
            var builder = new ProcessBuilder(List.of(words))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().keySet().removeIf(name -> name.startsWith("WHIRL_"));
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        gateway.destroy();
        gateway.onExit().join();
        stopRedis();
    }
}
