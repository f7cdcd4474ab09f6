package dev.whirl.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The router before two controllers that fail half-way.
class RouterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<Forgetful> controllers = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private Blueprint blueprint;

    @BeforeEach
    void start() throws Exception {
        blueprint = freeBlueprint();
        Path nginx = Router.installed().orElseThrow();
        for (String each : List.of("body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            Files.createDirectory(folder.resolve(each));
        }
        Path file = Files.writeString(folder.resolve("nginx.conf"), new Router(blueprint, nginx).configuration());
        Process router = new ProcessBuilder(
                        nginx.toString(),
                        "-p",
                        folder.toString(),
                        "-e",
                        "stderr",
                        "-g",
                        "user root;",
                        "-c",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        open.add(() -> {
            router.destroy();
            router.onExit().join();
        });
        Awaitility.await().atMost(PATIENCE).until(() -> isListening(blueprint.port()));
    }

    private void startControllers() throws IOException {
        for (int i = 0; i < 2; i++) {
            var controller = new Forgetful(blueprint.controllerPort(i));
            controllers.add(controller);
            open.add(controller);
        }
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/web/guest/default/hello.http",
        "GET, /api/v1/%77eb/guest/default/hello.http",
        "DELETE, /api/v1/web/guest/default/hello.http",
        "GET, /api/23bc46b1/greet",
        "PUT, /api/v1/namespaces/_/actions/hello",
        "DELETE, /api/v1/namespaces/_/actions/hello",
        "POST, /api/v1/namespaces/_/actions/hello",
        "GET, /package/hello.http"
    })
    void whatMayCallOrChangeSomethingIsSentOnce(String method, String path) throws Exception {
        startControllers();

        assertThat(send(method, path)).isEqualTo(502);

        assertThat(requests()).hasSize(1);
    }

    @Test
    void whatOnlyReadsIsAskedOfAnother() throws Exception {
        startControllers();

        assertThat(send("GET", "/api/v1/namespaces/_/actions")).isEqualTo(502);

        assertThat(requests()).hasSize(2);
    }

    @Test
    void aControllerThatIsNotThereIsPassedOver() throws Exception {
        var controller = new Forgetful(blueprint.controllerPort(1));
        open.add(controller);

        for (int i = 0; i < 2; i++) {
            assertThat(send("POST", "/api/v1/namespaces/_/actions/hello")).isEqualTo(502);
        }

        assertThat(controller.requests()).isNotEmpty();
    }

    private List<String> requests() {
        return controllers.stream().flatMap(each -> each.requests().stream()).toList();
    }

    private int send(String method, String path) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var body = method.equals("POST") || method.equals("PUT")
                    ? BodyPublishers.ofString("{}")
                    : BodyPublishers.noBody();
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + blueprint.port() + path))
                    .method(method, body)
                    .build();
            return client.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    private static boolean isListening(int port) {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// For a cluster whose ports nobody has.
    private Blueprint freeBlueprint() {
        for (int attempt = 0; attempt < 50; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            var found = new Blueprint(folder, port, new Blueprint.Counts(2, 0, 0, 0), true, Map.of());
            if (found.ports().stream().allMatch(RouterTest::isFree)) {
                return found;
            }
        }
        throw new IllegalStateException("no free ports");
    }

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
