package dev.whirl.e2e.chart;

import dev.whirl.chart.Chart;
import dev.whirl.chart.Manifests;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Folders;
import dev.whirl.e2e.support.Repository;
import dev.whirl.e2e.support.ServerCommand;
import dev.whirl.e2e.support.Waiting;
import dev.whirl.e2e.support.WhirlServer;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// An nginx with the configuration and certificate that the chart renders, before a server that runs here. Only names
/// and folders of the pod are replaced by those of this machine.
final class RenderedRouter implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final List<String> PLACES = List.of("/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx");

    private final Path folder;
    private final Process process;
    private final int port = WhirlServer.freePort();
    private final int securePort = WhirlServer.freePort();
    private final int healthPort = WhirlServer.freePort();

    /// @param server the port of what is behind it
    /// @param host that names of namespaces are below
    RenderedRouter(int server, String host) {
        try {
            folder = Files.createTempDirectory("whirl-router-");
            Files.createDirectory(folder.resolve("cli"));
            run(ServerCommand.distribution().resolve("bin/whirl"), "pack-cli", folder.resolve("cli"));
            Path file = write(render(host), server);
            process = new ProcessBuilder(nginx().toString(), "-e", "stderr", "-g", "user root;", "-c", file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output.txt").toFile())
                    .start();
            awaitHealth();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitHealth() {
        boolean isHealthy = false;
        try {
            Waiting.until(PATIENCE, "the router answers", this::isHealthy);
            isHealthy = true;
        } finally {
            if (!isHealthy) {
                process.destroy();
            }
        }
    }

    private static Manifests render(String host) {
        var chart = new Chart(Repository.root().resolve("deploy/chart"));
        return chart.render(
                Optional.empty(),
                Map.of(
                        "api", Map.of("host", host, "vanity", true),
                        "router", Map.of("management", true)));
    }

    private Path write(Manifests manifests, int server) throws IOException {
        Map<String, String> pair =
                manifests.get(Secret.class, "whirl-router-tls").getStringData();
        for (Map.Entry<String, String> each : pair.entrySet()) {
            Files.writeString(folder.resolve(each.getKey()), each.getValue());
        }
        String upstream = "127.0.0.1:" + server;
        String text = manifests
                .file("whirl-router", "nginx.conf")
                .replace("/tmp/", folder + "/")
                .replace("whirl-controller:8080", upstream)
                .replace("whirl-gateway:8080", upstream)
                .replace("listen 8080", "listen 127.0.0.1:" + port)
                .replace("listen 8443", "listen 127.0.0.1:" + securePort)
                .replace("listen 8081", "listen 127.0.0.1:" + healthPort)
                .replace("/etc/whirl-tls/", folder + "/")
                .replace("/var/lib/whirl-cli/", folder + "/cli/")
                .replace("/dev/stdout", folder + "/access.log");
        return Files.writeString(folder.resolve("nginx.conf"), text);
    }

    private static Path nginx() {
        return PLACES.stream()
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nginx is not here: apt-get install nginx-light"));
    }

    /// Runs a program to its end.
    ///
    /// @return what it printed
    static String run(Path program, Object... arguments) throws IOException {
        List<String> words = Stream.concat(Stream.of("/bin/sh", program), Stream.of(arguments))
                .map(Object::toString)
                .toList();
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("WHISK_AUTH", Api.GUEST_KEY);
        Process running = builder.start();
        String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            int code = running.waitFor();
            if (code != 0) {
                throw new AssertionError("%s ended with %d: %s".formatted(words, code, said));
            }
            return said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private boolean isHealthy() {
        if (!process.isAlive()) {
            throw new IllegalStateException("nginx ended: " + output());
        }
        try {
            Api health = at("http://127.0.0.1:" + healthPort);
            return health.trySend(health.request("/health").GET()).status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private String output() {
        try {
            return Files.readString(folder.resolve("output.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    int securePort() {
        return securePort;
    }

    Path certificate() {
        return folder.resolve("tls.crt");
    }

    /// The API as the guest reaches it here.
    Api guest() {
        return at("http://127.0.0.1:" + port).with(Api.basic(Api.GUEST_KEY));
    }

    private static Api at(String address) {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        return new Api(URI.create(address), client, null);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        Folders.deleteRecursively(folder);
    }
}
