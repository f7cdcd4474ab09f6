package dev.whirl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.whirl.client.InvokeOutcome.Accepted;
import dev.whirl.client.InvokeOutcome.Failed;
import dev.whirl.client.InvokeOutcome.Succeeded;
import dev.whirl.client.InvokeRequest.Mode;
import dev.whirl.model.activation.ActivationResponse.Status;
import dev.whirl.model.json.RawJson;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WhirlClientTest {
    private static final String ID = "44794bd6aab74415b4e42a308d880e5b";
    private static final QualifiedName HELLO = QualifiedName.parse("hello", "_");
    private static final InvokeRequest FOR_RECORD = new InvokeRequest(RawJson.EMPTY_OBJECT, Mode.RECORD);
    private static final InvokeRequest FOR_RESULT = new InvokeRequest(RawJson.EMPTY_OBJECT, Mode.RESULT);

    private ScriptedServer server;
    private WhirlClient client;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer();
        client = WhirlClient.connect(ClientConfig.of(server.url(), new Credentials("uuid:key")));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void noRuleLiesInAPackage() {
        var name = QualifiedName.parse("package/rule", "_");

        assertThatThrownBy(() -> client.rules().delete(name)).hasMessage("no rule lies in a package: /_/package/rule");
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void theKindsOfTheServerAreRead() {
        server.answer(
                200,
                "{\"runtimes\":{\"nodejs\":[{\"kind\":\"nodejs:20\"},{\"kind\":\"nodejs:6\",\"deprecated\":true}]}}");

        assertThat(client.server().kinds()).containsExactly("nodejs:20", "nodejs:default");
        assertThat(server.last().target()).isEqualTo("/");
    }

    @Test
    @Tag("R-155")
    @Tag("R-170")
    void limitsAreReadAndWhatIsNotToldIsNotKnown() {
        server.answer(200, "{\"limits\":{\"sequence_length\":50}}");
        server.answer(200, "{\"maxActionMemory\":512,\"maxParameterSize\":\"1 MB\",\"maxPayloadSize\":\"much\"}");

        assertThat(client.server().limit("sequence_length")).hasValue(50);
        LimitsDocument limits = client.limits("_");
        assertThat(limits.find("maxActionMemory")).hasValue(512);
        assertThat(limits.bytes("maxParameterSize")).hasValue(1024 * 1024);
        assertThat(limits.bytes("maxPayloadSize")).isEmpty();
        assertThat(limits.bytes("truncationSize")).isEmpty();
        assertThat(KeyValues.NONE.with("é", RawJson.string("12")).sizeBytes()).isEqualTo(2 + 4);
    }

    @Test
    @Tag("R-1")
    void everyCallCarriesBasicCredentials() {
        server.answer(200, "[]");

        client.namespaces();

        assertThat(server.last().header("Authorization")).isEqualTo("Basic dXVpZDprZXk=");
        assertThat(server.last().target()).isEqualTo("/api/v1/namespaces");
    }

    @Test
    @Tag("R-26")
    void putSendsOnlyWhatIsGiven() {
        server.answer(200, "{\"name\":\"hello\",\"version\":\"0.0.1\"}");
        var update = ActionUpdate.NOTHING
                .withExec(new ActionExec.Code("nodejs:20", "function main() {}", "main"))
                .withAnnotations(KeyValues.NONE.with("final", RawJson.TRUE))
                .withLimits(new LimitsUpdate(1000L, null, 0L, null));

        ActionDocument action = client.actions().put(HELLO, update, true);

        assertThat(action.version()).isEqualTo("0.0.1");
        assertThat(server.last().target()).isEqualTo("/api/v1/namespaces/_/actions/hello?overwrite=true");
        assertThat(server.last().body())
                .isEqualTo(
                        "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"function main() {}\",\"main\":\"main\"},"
                                + "\"annotations\":[{\"key\":\"final\",\"value\":true}],\"limits\":{\"timeout\":1000,\"logs\":0}}");
    }

    @Test
    @Tag("R-12")
    void namesAreEncodedInPaths() {
        server.answer(200, "{}");

        client.actions().get(new QualifiedName("my ns", "a&b", "ü?/x"), false);

        assertThat(server.last().target())
                .isEqualTo("/api/v1/namespaces/my%20ns/actions/a%26b/%C3%BC%3F%2Fx?code=false");
    }

    @Test
    @Tag("R-28")
    void deleteUnderstandsAnEmptyAnswer() {
        server.answer(204, "");

        client.actions().delete(HELLO);

        assertThat(server.last().method()).isEqualTo("DELETE");
    }

    @Test
    @Tag("R-3")
    void aPackageIsListedWithASlashAtTheEnd() {
        server.answer(200, "[{\"namespace\":\"guest/utils\",\"name\":\"echo\"}]");

        List<ActionDocument> actions = client.actions().listPackage("_", "utils", new Page(5, 2));

        assertThat(actions).extracting(ActionDocument::name).containsExactly("echo");
        assertThat(server.last().target()).isEqualTo("/api/v1/namespaces/_/actions/utils/?limit=5&skip=2");
    }

    @Test
    @Tag("R-80")
    void aNonBlockingCallIsAccepted() {
        server.answer(202, "{\"activationId\":\"" + ID + "\"}");

        var outcome = client.actions().invoke(HELLO, new InvokeRequest(RawJson.EMPTY_OBJECT, Mode.ID));

        assertThat(outcome).isEqualTo(new Accepted(ID));
        assertThat(server.last().target()).endsWith("?blocking=false&result=false");
    }

    @Test
    @Tag("R-81")
    void theWaitIsSentInMilliseconds() {
        server.answer(202, "", Map.of("x-openwhisk-activation-id", ID));

        var outcome = client.actions()
                .invoke(HELLO, new InvokeRequest(RawJson.EMPTY_OBJECT, Mode.RECORD, Duration.ofSeconds(2)));

        assertThat(outcome).isEqualTo(new Accepted(ID));
        assertThat(server.last().target()).endsWith("?blocking=true&result=false&timeout=2000");
    }

    @Test
    @Tag("R-82")
    void aResultIsHandedOverAsItIs() {
        server.answer(200, "[1, 2]", Map.of("x-openwhisk-activation-id", ID));

        var outcome = (Succeeded) client.actions().invoke(HELLO, FOR_RESULT);

        assertThat(outcome.body()).hasToString("[1, 2]");
        assertThat(outcome.activationId()).isEqualTo(ID);
    }

    @ParameterizedTest
    @Tag("L-32")
    @ValueSource(
            strings = {
                "{\"error\":\"no\"}",
                "{\"activationId\":\"x\",\"response\":{\"status\":\"application error\",\"success\":false}}"
            })
    void status502WithoutACodeIsAnErrorOfTheAction(String body) {
        server.answer(502, body);

        var outcome = (Failed) client.actions().invoke(HELLO, FOR_RECORD);

        assertThat(outcome.status()).isEqualTo(502);
        assertThat(outcome.body()).hasToString(body);
    }

    @Test
    @Tag("L-32")
    void a200WhoseRecordFailedIsAnErrorUnlessOnlyTheResultIsWanted() {
        String record = "{\"response\":{\"status\":\"application error\",\"success\":false}}";
        server.answer(200, record).answer(200, record);

        assertThat(client.actions().invoke(HELLO, FOR_RECORD)).isInstanceOf(Failed.class);
        assertThat(client.actions().invoke(HELLO, FOR_RESULT)).isInstanceOf(Succeeded.class);
    }

    @ParameterizedTest
    @Tag("L-31")
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | {\"error\":\"gone\",\"code\":\"abc\"} | gone | abc",
                "409 | {\"error\":\"there\",\"code\":17}     | there | 17",
                "502 | {\"error\":\"proxy\",\"code\":\"x\"}   | proxy | x",
                "400 | {\"error\":{\"a\":1},\"code\":\"x\"}   | {\"a\":1} | x"
            })
    void anErrorEnvelopeBecomesATypedException(int status, String body, String sentence, String code) {
        server.answer(status, body);

        var error = catchThrowableOfType(
                ApiErrorException.class, () -> client.actions().invoke(HELLO, FOR_RECORD));

        assertThat(error.status()).isEqualTo(status);
        assertThat(error.sentence()).isEqualTo(sentence);
        assertThat(error.code()).isEqualTo(code);
        assertThat(error).hasMessage(sentence + " (code " + code + ")");
    }

    @ParameterizedTest
    @Tag("L-31")
    @CsvSource(
            delimiter = '|',
            value = {
                "503 | <html>busy</html>",
                "500 | {\"error\":\"x\"}",
                "404 | {\"code\":\"x\"}",
                "500 | {\"error\":null,\"code\":\"x\"}",
                "502 | {}",
                "301 | ''"
            })
    void anErrorWithoutTheEnvelopeIsNotUnderstood(int status, String body) {
        server.answer(status, body);

        var error = catchThrowableOfType(
                NotUnderstoodException.class, () -> client.actions().invoke(HELLO, FOR_RECORD));

        assertThat(error.status()).isEqualTo(status);
        assertThat(error).hasMessage("The connection failed, or timed out. (HTTP status code " + status + ")");
    }

    @Test
    void aSuccessThatIsNotJsonIsNotUnderstood() {
        server.answer(200, "<html>").answer(200, "{}").answer(202, "{}");

        assertThat(catchThrowableOfType(NotUnderstoodException.class, () -> client.info())
                        .isSuccessStatus())
                .isTrue();
        assertThat(catchThrowableOfType(NotUnderstoodException.class, () -> client.namespaces()))
                .isNotNull();
        assertThat(catchThrowableOfType(
                        NotUnderstoodException.class, () -> client.actions().invoke(HELLO, FOR_RECORD)))
                .isNotNull();
    }

    @Test
    @Tag("R-133")
    void activationsAreAskedForWithAllFilters() {
        server.answer(200, "[{\"activationId\":\"" + ID + "\",\"statusCode\":2,\"start\":5}]");
        var query = new ActivationQuery(new Page(3, 1), "utils/echo", 10L, 20L, true);

        ActivationDocument row = client.activations().list("_", query).getFirst();

        assertThat(row.status()).isEqualTo(Status.DEVELOPER_ERROR);
        assertThat(row.startMillis()).isEqualTo(5);
        assertThat(row.durationMillis()).isEmpty();
        assertThat(server.last().target())
                .isEqualTo(
                        "/api/v1/namespaces/_/activations?limit=3&skip=1&name=utils%2Fecho&since=10&upto=20&docs=true");
    }

    @Test
    @Tag("R-131")
    void recordsLogsAndResultsAreRead() {
        server.answer(200, "{\"response\":{\"status\":\"whisk internal error\",\"result\":{\"a\":1}},\"logs\":[\"x\"]}")
                .answer(200, "{\"logs\":[\"one\",\"two\"]}")
                .answer(200, "{\"result\":{\"a\":1},\"success\":true,\"status\":\"success\"}");

        ActivationDocument record = client.activations().get("_", ID);

        assertThat(record.status()).isEqualTo(Status.WHISK_ERROR);
        assertThat(record.result()).hasToString("{\"a\":1}");
        assertThat(client.activations().logs("_", ID)).containsExactly("one", "two");
        assertThat(client.activations().result("_", ID).isSuccess()).isTrue();
        assertThat(server.last().target()).endsWith("/activations/" + ID + "/result");
    }

    @Test
    @Tag("R-20")
    @Tag("R-155")
    void infoAndLimitsAreRead() {
        server.answer(200, "{\"description\":\"OpenWhisk API\",\"build\":\"2026\",\"buildno\":\"7\"}")
                .answer(200, "{\"invocationsPerMinute\":60,\"maxParameterSize\":\"1048576 B\"}");

        assertThat(client.info()).isEqualTo(new ApiInfo("OpenWhisk API", "", "2026", "7"));
        assertThat(server.last().target()).isEqualTo("/api/v1");
        LimitsDocument limits = client.limits("_");
        assertThat(limits.find("invocationsPerMinute")).hasValue(60);
        assertThat(limits.find("maxParameterSize")).isEmpty();
    }

    @Test
    void urlsOfActionsTellWebActionsFromOthers() {
        ActionDocument plain = action("{\"namespace\":\"guest/utils\",\"name\":\"a b\"}");
        ActionDocument web = action("{\"namespace\":\"guest\",\"name\":\"page\",\"annotations\":"
                + "[{\"key\":\"web-export\",\"value\":true}]}");

        assertThat(client.actions().url(plain))
                .isEqualTo(server.url() + "/api/v1/namespaces/guest/actions/utils/a%20b");
        assertThat(client.actions().url(web)).isEqualTo(server.url() + "/api/v1/web/guest/default/page");
    }

    @Test
    void credentialsAreNeverPrinted() {
        var config = ClientConfig.of("http://localhost", new Credentials("uuid:very-secret"));

        assertThat(config.toString()).contains("uuid").doesNotContain("very-secret");
        assertThat(new Credentials("nocolon")).hasToString("…");
    }

    private static ActionDocument action(String json) {
        try {
            return ActionDocument.read(RawJson.parse(json));
        } catch (dev.whirl.model.json.MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }
}
