package dev.whirl.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstCallTest {
    private static final int OK = 200;

    @TempDir
    private Path folder;

    private final Deque<Integer> answers = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add("%s %s %s"
                    .formatted(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().getPath(),
                            exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.sendResponseHeaders(answers.isEmpty() ? OK : answers.remove(), -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aClusterIsReadyWhenACallHasSucceeded() throws Exception {
        answers.addAll(List.of(503, 502, 404));

        new Launcher(folder, _ -> {}).await(call());

        assertThat(requests)
                .hasSize(4)
                .containsOnly("POST /api/v1/namespaces/whisk.system/actions/utils/echo Basic a2V5");
    }

    @Test
    void whatKeepsCallsFromSucceedingIsSaid() {
        answers.add(503);
        assertThat(call().obstacle()).contains("a call is answered 503");
        assertThat(call().obstacle()).isEmpty();

        server.stop(0);
        assertThat(call().obstacle()).get().asString().startsWith("a call is not answered: ");
    }

    private FirstCall call() {
        return new FirstCall("http://127.0.0.1:" + server.getAddress().getPort(), "key");
    }
}
