package dev.whirl.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.whirl.bench.http.Endpoint;
import dev.whirl.bench.report.Figure;
import dev.whirl.bench.report.Round;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CliSuiteTest {
    private HttpServer server;
    private Target target;

    @TempDir
    Path folder;

    /// It answers with what lies in the folder that the command was told to watch.
    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        target = new Target(new Endpoint("127.0.0.1", server.getAddress().getPort()), "uuid:key", null, true);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void givesOneFigureForEachCommandAndRepetition() throws IOException, InterruptedException {
        String command = script("""
                [ "$WHISK_APIHOST $WHISK_AUTH" = 'http://%s uuid:key' ] || exit 1
                if [ $1 = dev ]; then
                    echo "$2" > %s
                    exec sleep 60
                fi
                """.formatted(target.endpoint(), folder.resolve("watched")));

        List<Round> rounds = new CliSuite(command, 1, 2, "test", _ -> {}).run(target);

        assertThat(rounds)
                .hasSize(2)
                .allSatisfy(round -> assertThat(round.all())
                        .extracting(Figure::name)
                        .containsExactly("version-ms", "list-ms", "save-to-live-ms"));
        assertThat(rounds.getFirst().all())
                .allSatisfy(figure -> assertThat(figure.value()).isPositive());
    }

    @Test
    void measuresNoCommandThatFails() throws IOException {
        String command = script("[ $1 != list ]");

        assertThatThrownBy(() -> new CliSuite(command, 1, 1, "test", _ -> {}).run(target))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("exit code 1")
                .hasMessageContaining("list");
    }

    @Test
    void measuresNoSavingThatComesToNothing() throws IOException {
        String command = script("[ $1 != dev ] || { echo no; exit 7; }");

        assertThatThrownBy(() -> new CliSuite(command, 1, 1, "test", _ -> {}).run(target))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("what was saved did not become live; the command said:\nno");
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            Path watched = folder.resolve("watched");
            String functions = Files.exists(watched) ? Files.readString(watched).strip() : "";
            String name =
                    Path.of(exchange.getRequestURI().getPath()).getFileName().toString();
            Path file = Path.of(functions, name + ".js");
            byte[] body = Files.exists(file) ? Files.readAllBytes(file) : "{}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String script(String line) throws IOException {
        Path file = Files.writeString(folder.resolve("wsk"), "#!/bin/sh\n" + line + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file.toString();
    }
}
