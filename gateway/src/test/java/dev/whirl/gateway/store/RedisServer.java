package dev.whirl.gateway.store;

import dev.whirl.common.tls.CertificatePair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/// A real Redis on a port of its own, which forgets everything when it stops.
public final class RedisServer implements AutoCloseable {
    private final int port;
    private final List<String> tls;
    private Process process;

    private RedisServer(int port, List<String> tls) throws IOException {
        this.port = port;
        this.tls = tls;
        this.process = launch();
    }

    public static RedisServer start() {
        return start(List.of());
    }

    /// One that speaks over TLS alone.
    static RedisServer startWithTls(CertificatePair pair) {
        return start(List.of(
                "--tls-cert-file",
                pair.certificate().toString(),
                "--tls-key-file",
                pair.key().toString(),
                "--tls-ca-cert-file",
                pair.certificate().toString(),
                "--tls-auth-clients",
                "no"));
    }

    private static RedisServer start(List<String> tls) {
        try {
            return new RedisServer(freePort(), tls);
        } catch (IOException e) {
            throw new UncheckedIOException("redis-server is needed: apt-get install redis-server", e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public String url() {
        return (tls.isEmpty() ? "redis" : "rediss") + "://localhost:" + port + "/0";
    }

    public void stop() {
        process.destroyForcibly();
        process.onExit().join();
    }

    public void startAgain() {
        try {
            process = launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// From now on it takes connections and answers nothing, as a machine that hangs.
    public void pause() {
        signal("-STOP");
    }

    public void goOn() {
        signal("-CONT");
    }

    private void signal(String name) {
        try {
            int result = new ProcessBuilder("kill", name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (result != 0) {
                throw new IllegalStateException("kill " + name + " ended with " + result);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Process launch() throws IOException {
        var words = new ArrayList<>(List.of("redis-server", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"));
        words.addAll(List.of(tls.isEmpty() ? "--port" : "--tls-port", Integer.toString(port)));
        if (!tls.isEmpty()) {
            words.addAll(List.of("--port", "0"));
            words.addAll(tls);
        }
        Process started = new ProcessBuilder(words)
                .directory(Path.of(System.getProperty("java.io.tmpdir")).toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(this::answers);
        return started;
    }

    private boolean answers() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            if (!tls.isEmpty()) {
                return true; // it listens
            }
            socket.getOutputStream().write("PING\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            return socket.getInputStream().read() == '+';
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        stop();
    }
}
