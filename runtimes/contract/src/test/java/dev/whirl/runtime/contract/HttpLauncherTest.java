package dev.whirl.runtime.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.model.json.RawJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Launchers as they are started in a container, but without one: they serve HTTP, toward OpenWhisk's
/// servers (rows K-10 to K-17) and toward this project's own.
@Timeout(60)
class HttpLauncherTest {
    private static final String END = "XXX_THE_END_OF_A_WHISK_ACTIVATION_XXX";
    private static final Map<String, String> PRINTS = Map.of(
            "python", "import sys\ndef main(args):\n  print('out') if args else None\n  return args\n",
            "native", "#!/bin/sh\nwhile read -r line; do case $line in *x*) echo out;; esac; echo '{}' >&3; done\n",
            "ruby", "def main(args)\n  puts 'out' unless args.empty?\n  args\nend\n",
            "php", "<?php function main($args) { if ($args) { echo \"out\\n\"; } return $args; }",
            "go",
                    "package main\nfunc Main(args map[string]any) any { if len(args) > 0 { println(\"out\") }\nreturn args }");

    /// Past the functions of the language that mark lines.
    private static final Map<String, String> PRINTS_PAST_MARKS = Map.of(
            "python", "import os\ndef main(args):\n  os.system('echo past') if args else None\n  return args\n",
            "ruby", "def main(args)\n  system('echo past') unless args.empty?\n  args\nend\n",
            "php", "<?php function main($args) { if ($args) { error_log('past'); } return $args; }");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    @ParameterizedTest
    @Tag("K-10")
    @Tag("K-16")
    @Tag("K-17")
    @MethodSource("runtimes")
    void anotherServersRequestsEndWithALineOnBothStreams(String runtime) throws Exception {
        try (var container = new Container(runtime)) {
            assertThat(container.post("/run", "{\"value\":{}}").statusCode()).isEqualTo(403);
            assertThat(container.post("/init", init(runtime)).body()).contains("ok");
            assertThat(container.post("/init", init(runtime)).statusCode()).isEqualTo(403);
            HttpResponse<String> answer = container.post("/run", "{\"value\":{\"x\":1}}");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValueAsLong("Content-Length")).isPresent();
            assertThat(container.lines("out")).filteredOn(END::equals).hasSize(3);
            assertThat(container.lines("err")).filteredOn(END::equals).hasSize(3);
            assertThat(container.lines(runtime.equals("go") ? "err" : "out")).endsWith("out", END);
        }
    }

    @ParameterizedTest
    @Tag("K-16")
    @MethodSource("runtimes")
    void thisProjectsServerReadsMarksAndIsToldOfSilence(String runtime) throws Exception {
        try (var container = new Container(runtime)) {
            container.post("/init", init(runtime), "X-Whirl-Request", "1");
            HttpResponse<String> silent = container.post("/run", "{\"value\":{}}", "X-Whirl-Request", "2");
            HttpResponse<String> loud = container.post("/run", "{\"value\":{\"x\":1}}", "X-Whirl-Request", "3");

            assertThat(silent.headers().firstValue("X-Whirl-Quiet")).hasValue("true");
            assertThat(loud.headers().firstValue("X-Whirl-Quiet")).isEmpty();
            assertThat(container.linesOfRuns(runtime.equals("go") ? "err" : "out"))
                    .satisfiesExactly(
                            line -> assertThat(line).matches("\u001e3:\\d+\u001fout"),
                            line -> assertThat(line).matches("\u001e3:\\d+\u001f" + END));
        }
    }

    @ParameterizedTest
    @Tag("K-16")
    @MethodSource("runtimesThatShareTheirOutput")
    void whatIsWrittenPastTheMarksIsNoSilence(String runtime) throws Exception {
        try (var container = new Container(runtime)) {
            container.post("/init", init(PRINTS_PAST_MARKS, runtime), "X-Whirl-Request", "1");
            boolean isQuiet = true;
            for (int i = 2; i < 8; i++) {
                String value = isQuiet ? "{\"value\":{}}" : "{\"value\":{\"x\":1}}";
                HttpResponse<String> answer = container.post("/run", value, "X-Whirl-Request", Integer.toString(i));

                assertThat(answer.headers().firstValue("X-Whirl-Quiet").isPresent())
                        .as("run %d", i)
                        .isEqualTo(isQuiet);
                isQuiet = !isQuiet;
            }
            String end = "\u001e%d:\\d+\u001f" + END;
            assertThat(String.join("|", container.linesOfRuns(runtime.equals("php") ? "err" : "out")))
                    .matches(String.join(
                            "\\|", "past", end.formatted(3), "past", end.formatted(5), "past", end.formatted(7)));
        }
    }

    static List<String> runtimesThatShareTheirOutput() {
        return runtimes().stream().filter(PRINTS_PAST_MARKS::containsKey).toList();
    }

    @ParameterizedTest
    @Tag("K-10")
    @ValueSource(strings = {"python", "native"})
    void whatIsNoRequestOfTheContractIsRefused(String runtime) throws Exception {
        try (var container = new Container(runtime)) {
            assertThat(container.raw("GET /init HTTP/1.1\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 404");
            assertThat(container.raw("POST /other HTTP/1.1\r\nContent-Length: 0\r\n\r\n"))
                    .startsWith("HTTP/1.1 404");
            assertThat(container.raw("POST /run HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 411");
            assertThat(container.raw("POST /run HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n"))
                    .startsWith("HTTP/1.1 413");
            assertThat(container.post("/run", "[").statusCode()).isEqualTo(400);
            assertThat(container.raw("x".repeat(20_000))).startsWith("HTTP/1.1 413");
            assertThat(container.post("/run", "{\"value\":{}}").statusCode()).isEqualTo(403);
        }
    }

    /// Those whose tools are here; with `CI=true` all of them.
    static List<String> runtimes() {
        var languages = Map.of("ruby", "ruby:3.1", "php", "php:8.2", "go", "go:1.19");
        return PRINTS.keySet().stream()
                .filter(each -> !languages.containsKey(each)
                        || "true".equals(System.getenv("CI"))
                        || Backend.readiness(languages.getOrDefault(each, "")).isReady())
                .toList();
    }

    private static String init(String runtime) {
        return init(PRINTS, runtime);
    }

    private static String init(Map<String, String> sources, String runtime) {
        RawJson code = RawJson.string(sources.getOrDefault(runtime, ""));
        return "{\"value\":{\"name\":\"a\",\"main\":\"main\",\"binary\":false,\"code\":%s,\"env\":{}}}".formatted(code);
    }

    /// A launcher with processes of its own, as in a container, and nothing else of one.
    private final class Container implements AutoCloseable {
        private final int port = freePort();
        private final Process process;

        Container(String runtime) throws IOException {
            Path launcher = Path.of("..").toRealPath().resolve(runtime).resolve("launcher.py");
            var command = new ArrayList<>(List.of("bwrap", "--dev-bind", "/", "/", "--proc", "/proc"));
            command.addAll(List.of("--unshare-pid", "--die-with-parent"));
            command.addAll(List.of("python3", "-I", "-B", "-X", "utf8", launcher.toString()));
            var builder = new ProcessBuilder(command)
                    .redirectOutput(folder.resolve("out").toFile())
                    .redirectError(folder.resolve("err").toFile());
            builder.environment()
                    .putAll(Map.of(
                            "WHIRL_HTTP_PORT", Integer.toString(port), "TMPDIR", folder.toString(), "LANG", "C.UTF-8"));
            process = builder.start();
            await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return true;
            });
        }

        HttpResponse<String> post(String path, String body, String... headers)
                throws IOException, InterruptedException {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .version(HttpClient.Version.HTTP_1_1);
            if (headers.length > 0) {
                request.headers(headers);
            }
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }

        String raw(String request) throws IOException {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write(request.getBytes(UTF_8));
                return new String(socket.getInputStream().readAllBytes(), UTF_8);
            }
        }

        List<String> lines(String stream) throws IOException {
            return Files.readAllLines(folder.resolve(stream));
        }

        /// Without those of the init, which has number 1.
        List<String> linesOfRuns(String stream) throws IOException {
            return lines(stream).stream()
                    .filter(line -> !line.startsWith("\u001e1:"))
                    .toList();
        }

        private static int freePort() {
            try (var socket = new ServerSocket(0)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
            process.onExit().join();
        }
    }
}
