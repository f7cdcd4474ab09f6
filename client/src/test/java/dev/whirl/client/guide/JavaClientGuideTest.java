package dev.whirl.client.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.client.ActionExec;
import dev.whirl.client.ActionUpdate;
import dev.whirl.client.ActivationDocument;
import dev.whirl.client.ActivationQuery;
import dev.whirl.client.ApiErrorException;
import dev.whirl.client.ClientConfig;
import dev.whirl.client.ClientException;
import dev.whirl.client.ConnectionException;
import dev.whirl.client.Credentials;
import dev.whirl.client.EntityUpdate;
import dev.whirl.client.InvokeOutcome;
import dev.whirl.client.InvokeRequest;
import dev.whirl.client.InvokeRequest.Mode;
import dev.whirl.client.NotUnderstoodException;
import dev.whirl.client.QualifiedName;
import dev.whirl.client.ScriptedServer;
import dev.whirl.client.WhirlClient;
import dev.whirl.model.json.RawJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Each method is a block of `docs/guide/java-client.md`; the last test compares them with the page.
final class JavaClientGuideTest {
    private static final Path PAGE = Path.of("../docs/guide/java-client.md");
    private static final Path THIS = Path.of("src/test/java/dev/whirl/client/guide/JavaClientGuideTest.java");
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private ScriptedServer server;
    private WhirlClient client;
    private final QualifiedName name = QualifiedName.parse("hello", "_");
    private final RawJson payload = RawJson.object("name", RawJson.string("World"));

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

    /// Compiled only: whatever listens at this address is not the test's.
    static void connect() {
        var config = ClientConfig.of("http://localhost:3233", new Credentials("UUID:KEY"));
        try (var client = WhirlClient.connect(config)) {
            System.out.println(client.info().description() + ", namespaces " + client.namespaces());
        }
    }

    @Test
    void deploysAndInvokes() {
        server.answer(200, "{}").answer(200, "{\"greeting\":\"Hello, World\"}");

        QualifiedName name = QualifiedName.parse("hello", "_");
        var exec = new ActionExec.Code(
                "nodejs:default", "function main({ name }) { return { greeting: 'Hello, ' + name } }", null);
        client.actions().put(name, ActionUpdate.NOTHING.withExec(exec), true);

        RawJson payload = RawJson.object("name", RawJson.string("World"));
        InvokeOutcome outcome = client.actions().invoke(name, new InvokeRequest(payload, Mode.RESULT));
        String text = switch (outcome) {
            case InvokeOutcome.Succeeded success -> "result " + success.body();
            case InvokeOutcome.Failed failure -> "error " + failure.body();
            case InvokeOutcome.Accepted accepted -> "still running as " + accepted.activationId();
        };

        assertThat(text).isEqualTo("result {\"greeting\":\"Hello, World\"}");
    }

    @Test
    void makesAndFiresATrigger() {
        server.answer(200, "{}").answer(200, "{}").answer(202, "{\"activationId\":\"1\"}");

        QualifiedName placed = QualifiedName.parse("placed", "_");
        client.triggers().put(placed, EntityUpdate.NOTHING, true);
        client.rules().put(QualifiedName.parse("onPlaced", "_"), placed, name, true);
        Optional<String> activationId = client.triggers().fire(placed, payload);

        assertThat(activationId).contains("1");
        assertThat(server.seen().get(1).body()).isEqualTo("{\"trigger\":\"/_/placed\",\"action\":\"/_/hello\"}");
    }

    @Test
    void readsActivations() {
        server.answer(200, "[{\"name\":\"hello\",\"statusCode\":0,\"duration\":3}]");

        for (ActivationDocument each : client.activations().list("_", ActivationQuery.latest(10))) {
            System.out.println(each.name() + " " + each.status() + " "
                    + each.durationMillis().orElse(0L) + " ms");
        }

        assertThat(server.last().target()).contains("limit=10");
    }

    @Test
    void tellsWhyACallFailed() {
        server.answer(404, "{\"error\":\"The requested resource does not exist.\",\"code\":\"T\"}");

        try {
            client.actions().get(QualifiedName.parse("missing", "_"), false);
        } catch (ClientException e) {
            String reason = switch (e) {
                case ApiErrorException refused -> refused.status() + " " + refused.sentence();
                case NotUnderstoodException strange -> "answered strangely with " + strange.status();
                case ConnectionException lost -> "not reached at " + lost.address();
            };
            System.out.println(reason);
        }

        assertThat(server.seen()).hasSize(1);
    }

    @Test
    void everyBlockOfThePageIsCodeOfThisTest() throws IOException {
        String code = withoutSpace(Files.readString(THIS));

        var blocks = BLOCK.matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(blocks).hasSize(5);
        blocks.forEach(block -> assertThat(code).contains(withoutSpace(block)));
    }

    /// The formatter of this file breaks lines where the page does not.
    private static String withoutSpace(String text) {
        return text.lines().map(line -> line.replaceAll("\\s", "")).collect(Collectors.joining());
    }
}
