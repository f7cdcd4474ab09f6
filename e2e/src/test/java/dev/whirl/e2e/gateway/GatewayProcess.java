package dev.whirl.e2e.gateway;

import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.RoleProcess;
import dev.whirl.e2e.support.Waiting;
import dev.whirl.e2e.support.WhirlServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A gateway with a real Redis behind it and the controller of a server that runs already.
final class GatewayProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final int redisPort = WhirlServer.freePort();
    private @Nullable Process redis;
    private final RoleProcess gateway;

    GatewayProcess(WhirlServer controller) {
        startRedis();
        gateway = RoleProcess.start(
                "gateway",
                Map.of(
                        "gateway.redis.url",
                        "redis://localhost:%d/0".formatted(redisPort),
                        "gateway.controllers",
                        controller.address().toString(),
                        "gateway.refresh",
                        "50ms",
                        "gateway.url",
                        "https://apis.example.com",
                        "gateway.user",
                        "op",
                        "gateway.pass",
                        "secret"));
    }

    /// Anybody.
    Api caller() {
        return gateway.caller();
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
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        gateway.close();
        stopRedis();
    }
}
