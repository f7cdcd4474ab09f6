package dev.whirl.e2e.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.functions.JavaFunction;
import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Archives;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.Names;
import dev.whirl.e2e.support.ServerImage;
import dev.whirl.e2e.support.ServerImage.Container;
import dev.whirl.e2e.support.Waiting;
import dev.whirl.e2e.support.WhirlServer;
import dev.whirl.model.json.RawJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The image of the server as the whole platform: not root, on a root that can't be written to,
/// with functions in containers of the same engine.
@Tag("alone") // the engine is one for all tests of a process, and ends with it
class ServerImageTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int MOST_MEGABYTES = 125;

    @SuppressWarnings("NullAway.Init")
    private static String size;

    @SuppressWarnings("NullAway.Init")
    private static Container container;

    @SuppressWarnings("NullAway.Init")
    private static Api guest;

    @BeforeAll
    static void start() throws Exception {
        size = ServerImage.build();
        int port = WhirlServer.freePort();
        // what the JVM has learned when the image was made must count, or it does not start
        container = ServerImage.run(
                Map.of("WHIRL_JAVA_OPTIONS", "-XX:AOTMode=on"),
                "up",
                "--port",
                Integer.toString(port),
                "--set",
                "sandbox.backend=docker",
                "--set",
                "sandbox.docker.network=open",
                "--set",
                "sandbox.docker.pull-runtimes=false",
                "--set",
                "sandbox.docker.images=nodejs:20=whirl-test/nodejs:20,python:3.11=whirl-test/python:3.11,java:25="
                        + ServerImage.JAVA);
        guest = new Api(URI.create("http://127.0.0.1:" + port), HttpClient.newHttpClient(), Api.basic(Api.GUEST_KEY));
        Waiting.until(PATIENCE, "the container answers", ServerImageTest::answers);
    }

    @AfterAll
    static void stop() {
        if (container != null) {
            container.close();
        }
    }

    @Test
    void aFunctionIsCalled() {
        String name = guest.stored(Code.NODE, Code.NODE_ECHO, "");

        assertThat(guest.result(name, "{\"a\":1}").expect(200).body()).isEqualTo("{\"a\":1}");
    }

    @Test
    @Tag("K-21")
    void aPythonFunctionOfOurImageRunsAndItsLinesAreKept() {
        String code = """
                import sys
                def main(args):
                    print("out", args["text"])
                    print("err", file=sys.stderr)
                    return args
                """;
        assertAnswersWithLines(guest.stored(Code.PYTHON, code, ""), "stdout: out ß☃😀");
    }

    @Test
    @Tag("K-22")
    void aJavaFunctionOfOurImageRunsAndItsLinesAreKept() {
        String name = Names.unique("java");
        guest.put(
                        Api.action(name),
                        "{\"exec\":{\"kind\":\"java:25\",\"main\":%s,\"code\":\"%s\"}}"
                                .formatted(
                                        RawJson.string(JavaFunction.class.getName()), Archives.jar(JavaFunction.class)))
                .expect(200);
        assertAnswersWithLines(name, "stdout: out \"ß☃😀\"");
    }

    private static void assertAnswersWithLines(String name, String line) {
        for (int i = 0; i < 2; i++) {
            Answer record = guest.invoke(name, "{\"text\":\"ß☃😀\"}").expect(200);

            assertThat(record.text("response", "result", "text")).isEqualTo("ß☃😀");
            assertThat(guest.recordWithLogs(record.text("activationId")).logs())
                    .hasSize(2)
                    .anyMatch(each -> each.endsWith(line))
                    .anyMatch(each -> each.endsWith("stderr: err"));
        }
    }

    @Test
    void itIsNotRootAndWritesOnlyToItsData() {
        assertThat(container.exec("id", "-u")).isEqualTo("65532");
        assertThat(container.exec("sh", "-c", "touch /opt/whirl/x 2>/dev/null || echo refused"))
                .isEqualTo("refused");
        assertThat(container.exec("ls", "/data")).isNotEmpty();
    }

    @Test
    void itSaysHowItIs() {
        assertThat(container.exec("/opt/whirl/bin/whirl", "health")).isEmpty();
        Waiting.until(PATIENCE, "the engine finds it healthy", () -> isHealthy());
    }

    @Test
    void itTellsWhatItIsAndWhatItIsMadeOf() {
        String labels = container.field("json .Config.Labels");

        assertThat(labels)
                .contains("\"org.opencontainers.image.title\":\"Whirl\"")
                .contains("\"org.opencontainers.image.version\":\"")
                .contains("\"org.opencontainers.image.revision\":\"")
                .contains("\"org.opencontainers.image.licenses\":\"Apache-2.0\"");
        assertThat(container.exec("cat", "/opt/whirl/sbom.cdx.json"))
                .contains("\"bomFormat\" : \"CycloneDX\"")
                .contains("pkg:maven/org.rocksdb/rocksdbjni@");
    }

    @Test
    void itIsSmall() {
        Matcher told = Pattern.compile(Pattern.quote(ServerImage.NAME) + ": (\\d+) MB above .*")
                .matcher(size);

        assertThat(told.find()).as(size).isTrue();
        assertThat(Integer.parseInt(told.group(1))).isLessThanOrEqualTo(MOST_MEGABYTES);
        assertThat(container.exec("sh", "-c", "ls /opt/whirl/lib/native")).isEqualTo("librocksdbjni.so");
    }

    private static boolean answers() {
        try {
            if (!"running".equals(container.field(".State.Status"))) {
                throw new AssertionError(container.log());
            }
            return guest.trySend(guest.request("/ping").GET()).status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isHealthy() {
        return container.field(".State.Health.Status").equals("healthy");
    }
}
