package dev.whirl.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.Folders;
import dev.whirl.e2e.support.RawHttp;
import dev.whirl.e2e.support.ServerCommand;
import dev.whirl.e2e.support.ServerOptions;
import dev.whirl.e2e.support.WhirlServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Web actions, namespaces' own hosts, APIs and downloads through the chart's router.
class RouterTest {
    private static final String HOST = "whirl.test";
    private static final int STATUS_LINE = "HTTP/1.1 200".length();
    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final String EXPORTED = ",\"annotations\":[{\"key\":\"web-export\",\"value\":true}]";
    private static final String INDEX = "const main = () => ({html: '<p>welcome</p>'})";
    private static final String ECHO =
            "const main = args => ({statusCode: 200, headers: {'content-type': 'application/json'}, body: args})";

    private static @Nullable WhirlServer server;
    private static @Nullable RenderedRouter router;

    @BeforeAll
    static void start() {
        WhirlServer started = WhirlServer.start(ServerOptions.DEFAULT.with("http.vanity-host", HOST));
        server = started;
        router = new RenderedRouter(started.port(), HOST);
        Api guest = router().guest();
        guest.put("/api/v1/namespaces/_/packages/public?overwrite=true", "{}").expect(200);
        guest.create("echo", "nodejs:20", ECHO, EXPORTED);
        guest.create("public/index", "nodejs:20", INDEX, EXPORTED);
    }

    @AfterAll
    static void stop() {
        if (router != null) {
            router.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private static WhirlServer server() {
        return Objects.requireNonNull(server);
    }

    private static RenderedRouter router() {
        return Objects.requireNonNull(router);
    }

    private static String web(String path) {
        return "/api/v1/web/guest/default/echo" + path;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a/b", "/a%20b", "/a%2Fb", "/a//b", "/%C3%A4", "?name=Ada&x=1+2%20", "/a/../b"})
    void webActionsGetTheRequestAsItWasSent(String rest) {
        String reply = reply(router().port(), "localhost", web(".http" + rest));
        String direct = reply(server().port(), "localhost", web(".http" + rest));

        assertThat(reply.substring(0, STATUS_LINE)).isEqualTo(direct.substring(0, STATUS_LINE));
        assertThat(field("__ow_path", reply)).isEqualTo(field("__ow_path", direct));
        assertThat(field("x", reply)).isEqualTo(field("x", direct));
    }

    @Test
    void webActionsLearnByWhatTheCallerCame() {
        Answer answer = router().guest().with(null).get(web(".http")).expect(200);

        assertThat(answer.text("__ow_headers", "x-forwarded-for")).isEqualTo("127.0.0.1");
        assertThat(answer.text("__ow_headers", "x-forwarded-proto")).isEqualTo("http");
    }

    /// What is answered to one request that is written as it is given.
    private static String reply(int port, String host, String path) {
        try (var connection = new RawHttp(port)) {
            return connection
                    .write("GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(path, host))
                    .read(SILENCE);
        }
    }

    /// The text of a field of the JSON in an answer; empty if it is not there.
    private static String field(String name, String reply) {
        Matcher value = Pattern.compile("\"%s\": ?\"([^\"]*)\"".formatted(name)).matcher(reply);
        return value.find() ? value.group(1) : "";
    }

    @Test
    void webActionsAreReachedOverTlsWithTheCertificateThatTheChartMade() throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create("https://127.0.0.1:%d%s".formatted(router().securePort(), web(".http?name=Ada"))))
                .build();
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(trusting(router().certificate()))
                .build()) {
            var answer = client.send(request, BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(field("name", answer.body())).isEqualTo("Ada");
            assertThat(field("x-forwarded-proto", answer.body())).isEqualTo("https");
        }
    }

    private static SSLContext trusting(Path certificate) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (var in = Files.newInputStream(certificate)) {
            store.setCertificateEntry(
                    "router", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Tag("W-13")
    @ParameterizedTest
    @CsvSource({
        "guest.whirl.test, /default/echo.http, 200",
        "guest.whirl.test, /default/echo.http?a=/../b, 200",
        "guest.whirl.test, /, 200",
        "nobody.whirl.test, /default/echo.http, 404",
        "whirl.test, /default/echo.http, 404",
        "guest.other.test, /default/echo.http, 404"
    })
    void aNamespaceHasAHostOfItsOwn(String host, String path, int status) {
        assertThat(reply(router().port(), host, path)).startsWith("HTTP/1.1 " + status + " ");
    }

    @ParameterizedTest
    @CsvSource({
        "/metrics, guest.whirl.test",
        "/metrics, GUEST.whirl.test",
        "/metrics, a.guest.whirl.test",
        "/metrics, guest.whirl.test.",
        "/metrics, guest.whirl.test:80",
        "http://guest.whirl.test/metrics, other.test",
        "http://other.test/metrics, guest.whirl.test"
    })
    void noSpellingOfAHostLeadsToWhatIsForOperators(String target, String host) {
        try (var connection = new RawHttp(router().port())) {
            String reply = connection
                    .write("GET %s HTTP/1.1\r\nHost: %s\r\nAuthorization: %s\r\nConnection: close\r\n\r\n"
                            .formatted(target, host, Api.basic(Api.SYSTEM_KEY)))
                    .read(SILENCE);

            assertThat(reply).startsWith("HTTP/1.1 4").doesNotContain("# HELP");
        }
    }

    @Tag("R-4")
    @Test
    void everyRequestGetsAnIdOfTheRoutersWhateverTheCallerSays() {
        Api guest = router().guest();

        Answer first = guest.send(guest.request("/api/v1/namespaces")
                .header("X-Request-ID", "mine")
                .GET());
        Answer second = guest.get("/api/v1/namespaces");

        assertThat(first.header("X-Request-ID")).matches("[0-9a-f]{32}");
        assertThat(second.header("X-Request-ID")).matches("[0-9a-f]{32}").isNotEqualTo(first.header("X-Request-ID"));
    }

    @Tag("R-46")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/metrics",
                "/invokers",
                "/disable",
                "/api/v1/../../metrics",
                "/api/v1/%2e%2e/%2e%2e/metrics",
                "/activation",
                "/ready",
                "/nothing"
            })
    void whatIsForOperatorsIsNotServed(String path) {
        try (var connection = new RawHttp(router().port())) {
            String reply = connection
                    .write("GET %s HTTP/1.1\r\nHost: x\r\nAuthorization: %s\r\nConnection: close\r\n\r\n"
                            .formatted(path, Api.basic(Api.SYSTEM_KEY)))
                    .read(SILENCE);

            assertThat(reply).startsWith("HTTP/1.1 404 ").contains("does not exist");
        }
    }

    @Test
    void largeCodePassesAndWhatIsTooLargeIsRefusedBeforeItIsSent() {
        Api guest = router().guest();
        String large = "// " + "x".repeat(20 * 1024 * 1024) + "\n" + Code.NODE_ECHO;

        guest.create("large", "nodejs:20", large, "").expect(200);

        try (var connection = new RawHttp(router().port())) {
            String refused = connection
                    .write(RawHttp.head("PUT", "/api/v1/namespaces/_/actions/huge", "Content-Length: 70000000"))
                    .read(SILENCE);

            assertThat(refused).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void theCommandLineIsDownloadedAndWorks() throws Exception {
        Api guest = router().guest();
        assertThat(guest.get("/cli/").expect(200).body()).contains("wsk.tar.gz");
        Path folder = Files.createTempDirectory("whirl-cli-");
        try {
            Path archive = folder.resolve("wsk.tar.gz");
            try (HttpClient client = HttpClient.newHttpClient()) {
                client.send(guest.request("/cli/wsk.tar.gz").build(), BodyHandlers.ofFile(archive));
            }
            new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", folder.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();

            String listed =
                    RenderedRouter.run(folder.resolve("bin/wsk"), "--apihost", guest.address(), "action", "list");

            assertThat(listed).contains("/guest/echo");
        } finally {
            Folders.deleteRecursively(folder);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "DELETE"})
    void aCallThatFailsHalfWayIsNotMadeAgain(String method) throws Exception {
        try (var behind = new ForgetfulServer();
                var before = new RenderedRouter(behind.port(), HOST)) {
            Api guest = before.guest();
            guest.get(web(".http")).expect(200); // so that there is a connection

            guest.send(guest.request(web(".http")).method(method, BodyPublishers.noBody()))
                    .expect(502);

            assertThat(behind.requests()).isEqualTo(2);
        }
    }

    @Test
    void allThatAPlatformMustDoWorksThroughTheRouter() throws Exception {
        Path whirl = ServerCommand.distribution().resolve("bin/whirl");

        String smoke =
                RenderedRouter.run(whirl, "smoke", "--apihost", router().guest().address());
        String packages = RenderedRouter.run(
                whirl, "smoke", "--packages", "--apihost", router().guest().address());

        assertThat(smoke).contains("ok      the API answers").contains("ok      the rule ran the action");
        assertThat(packages).contains("ok      package alarms");
    }
}
