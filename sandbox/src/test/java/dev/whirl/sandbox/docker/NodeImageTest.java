package dev.whirl.sandbox.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.sandbox.CollectedLogs;
import dev.whirl.sandbox.CollectedLogs.Line;
import dev.whirl.sandbox.CollectedLogs.Stream;
import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.SandboxSpec;
import dev.whirl.sandbox.docker.engine.ContainerStream;
import dev.whirl.sandbox.output.ContainerOutput;
import dev.whirl.sandbox.process.Probe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The image of the Node.js runtime: on this platform, and as Apache OpenWhisk would use it.
class NodeImageTest {
    private static final String INSTALLATION =
            "node-image-" + ProcessHandle.current().pid();

    private static final String PRINTING = "async function main(args) { console.log(args.n); "
            + "await new Promise(done => setTimeout(done, args.millis)); console.error(args.n); return {n: args.n}; }";

    private static final String END = ContainerOutput.END + "\n";

    @SuppressWarnings("NullAway.Init")
    private static DockerRig rig;

    @BeforeAll
    static void open() throws Exception {
        rig = DockerRig.openAs(INSTALLATION);
    }

    @AfterAll
    static void close() {
        if (rig != null) {
            rig.close();
        }
    }

    @Test
    @Tag("K-18")
    void runsThatOverlapKeepTheirLinesApart() throws Exception {
        try (Probe node = start()) {
            assertThat(node.sandbox().runsConcurrently()).isTrue();
            node.init("{'code':'" + PRINTING + "'}");
            ActivationId slow = ActivationId.random();
            CompletableFuture<Reply> slowReply = CompletableFuture.supplyAsync(
                    () -> run(node, slow, "{'n':'slow','millis':600}"), Thread::startVirtualThread);
            ActivationId fast = ActivationId.random();

            assertThat(Probe.text(run(node, fast, "{'n':'fast','millis':1}"))).isEqualTo("{\"n\":\"fast\"}");
            assertThat(Probe.text(slowReply.join())).isEqualTo("{\"n\":\"slow\"}");

            for (ActivationId each : new ActivationId[] {slow, fast}) {
                CollectedLogs logs = node.sandbox().collectLogs(each);
                assertThat(logs.isComplete()).isTrue();
                assertThat(logs.lines()).extracting(Line::text).containsOnly(each.equals(slow) ? "slow" : "fast");
                assertThat(logs.lines()).extracting(Line::stream).containsExactly(Stream.STDOUT, Stream.STDERR);
            }
        }
    }

    @Test
    void aRunThatPrintsNothingHasCompleteLogs() throws Exception {
        try (Probe node = start()) {
            node.init("{'code':'const main = (args) => args'}");

            assertThat(node.answer("{'a':1}")).isEqualTo("{\"a\":1}");

            assertThat(node.logs()).isEqualTo(CollectedLogs.NONE);
        }
    }

    @Test
    @Tag("K-16")
    void whatIsWrittenPastTheMarksBelongsToItsRun() throws Exception {
        String code = "const main = ({n}) => { if (n % 2) require(`fs`).writeSync(1, n + `\\\\n`);"
                + " else if (n) require(`child_process`).execSync(`echo ` + n, {stdio: `inherit`}); return {n}; }";
        try (Probe node = start()) {
            node.init("{'code':'" + code + "'}");
            for (int n = 0; n < 40; n++) {
                node.answer("{'n':" + n + "}");

                CollectedLogs logs = node.logs();

                assertThat(logs.isComplete()).isTrue();
                assertThat(logs.lines()).extracting(Line::text).isEqualTo(n == 0 ? List.of() : List.of("" + n));
            }
        }
    }

    @Test
    @Tag("K-10")
    @Tag("K-11")
    @Tag("K-16")
    @Tag("K-17")
    void aServerThatNumbersNothingGetsPlainLinesAndTheirEnd() throws Exception {
        try (Probe node = start();
                var stream = rig.engine().output(id(node))) {
            Printed printed = listen(stream);

            assertThat(post(node, "/init", "{\"value\":{\"code\":\"" + PRINTING + "\",\"name\":\"x\"}}"))
                    .isEqualTo("200 {\"ok\":true}");
            assertThat(post(node, "/init", "{\"value\":{\"code\":\"x\"}}"))
                    .isEqualTo("403 {\"error\":\"Cannot initialize the action more than once.\"}");
            assertThat(post(node, "/run", "{\"value\":{\"n\":1,\"millis\":1}}")).isEqualTo("200 {\"n\":1}");
            assertThat(post(node, "/run", "{\"value\":")).startsWith("502 {\"error\":\"An error has occurred");

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(printed.out()).hasToString(END + "1\n" + END + END));
            await().untilAsserted(() -> assertThat(printed.err().toString(UTF_8))
                    .startsWith(END + "1\n" + END + "SyntaxError")
                    .endsWith(END));
        }
    }

    private static Probe start() throws Exception {
        var spec = new SandboxSpec("nodejs:20", "whirl-test/nodejs:20", ByteSize.mebibytes(256), "node");
        return new Probe(rig.sandboxes().start(spec));
    }

    private static Reply run(Probe node, ActivationId id, String value) {
        try {
            return node.run(id, value, Probe.PATIENCE);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /// What a container printed so far.
    private record Printed(ByteArrayOutputStream out, ByteArrayOutputStream err) {
        void add(Stream from, byte[] bytes, int length) {
            (from == Stream.STDOUT ? out : err).write(bytes, 0, length);
        }
    }

    private static Printed listen(ContainerStream stream) {
        var printed = new Printed(new ByteArrayOutputStream(), new ByteArrayOutputStream());
        Thread.ofVirtual().start(() -> {
            try {
                stream.forEach(printed::add);
            } catch (IOException e) {
                // closed with the test
            }
        });
        return printed;
    }

    private static String post(Probe node, String path, String body) throws Exception {
        String network = new ContainerLabels(INSTALLATION).shortName();
        InetSocketAddress address =
                rig.engine().inspect(id(node), network).address().orElseThrow();
        URI uri = URI.create("http://%s:%d%s".formatted(address.getHostString(), address.getPort(), path));
        try (var client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(uri)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        }
    }

    private static String id(Probe node) {
        return ((DockerSandbox) node.sandbox()).container();
    }
}
