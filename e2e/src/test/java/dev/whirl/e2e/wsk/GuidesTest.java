package dev.whirl.e2e.wsk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.KafkaProcess;
import dev.whirl.e2e.support.ServerOptions;
import dev.whirl.e2e.support.Waiting;
import dev.whirl.e2e.support.WhirlServer;
import dev.whirl.model.json.RawJson;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Follows guides word for word, each from an empty folder.
class GuidesTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static WhirlServer server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        server = WhirlServer.start(ServerOptions.DEFAULT);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /// Its `./whirl up` is a server of this test's own.
    @Test
    void theQuickStartOfTheReadme() {
        Guide quickStart = Guide.quickStart();

        try (var own = WhirlServer.start(ServerOptions.DEFAULT)) {
            String shown = quickStart
                    .with("http://localhost:3233", own.address().toString())
                    .follow(folder, own.address());

            assertThat(own.output())
                    .as("where it listens, who may call, and which kinds of function can run")
                    .contains(":" + own.port(), Api.GUEST_KEY)
                    .containsPattern("nodejs:20 ready");
            assertThat(quickStart.answers()).hasSize(1);
            assertThat(shown)
                    .contains("ok: created action hello", quickStart.answers().getFirst())
                    .contains("\"activationId\": ", "ok: updated action hello")
                    .contains("ok: created API /greet/hello GET for action /_/hello", "\"date\": ")
                    .contains("{\"hello\":\"Ada\"}");
        }
    }

    @Test
    void anApiInFiveMinutes() {
        String shown = Guide.section("apis.md", "The first address")
                .with("http://localhost:3233", server.address().toString())
                .follow(folder, server.address());

        assertThat(shown)
                .contains("ok: created API /greetings/hello GET for action /_/hello", "{\"hello\":\"Ada\"}")
                .contains("/greetings/people/{name}", "ok: deleted API /greetings");
    }

    /// Only that the minute is a second here, afterwards.
    @Test
    void aJobEveryMinute() {
        Guide.section("feeds.md", "Run a job every minute").follow(folder, server.address());
        assertThat(new Wsk(folder, server.address()).ok("trigger", "get", "everyMinute"))
                .contains("\"cron\": \"* * * * *\"", "\"active\": true");

        new Wsk(folder, server.address()).ok("trigger", "update", "everyMinute", "-p", "cron", "* * * * * *");

        assertThat(firstResult("backup").field("place")).contains(RawJson.string("Vienna"));
    }

    @Test
    void webhooksOfGitHubAndOfAnybodyElse() {
        String shown = Guide.section("feeds.md", "Receive GitHub webhooks").follow(folder, server.address());

        assertThat(shown).contains("/api/v1/webhooks/guest/pushed ", "{\"activationId\":");
        assertThat(firstResult("build").field("ref")).contains(RawJson.string("refs/heads/main"));
    }

    @Test
    @Tag("F-10")
    @Tag("F-11")
    void messagesOfKafka() {
        try (var broker = KafkaProcess.start()) {
            new Wsk(folder, server.address())
                    .ok( // makes the topic
                            "action",
                            "invoke",
                            "/whisk.system/messaging/kafkaProduce",
                            "-p",
                            "brokers",
                            "[\"%s\"]".formatted(broker.address()),
                            "-p",
                            "topic",
                            "orders",
                            "-p",
                            "value",
                            "before",
                            "--result");

            Guide.section("feeds.md", "React to Kafka")
                    .with("localhost:9092", broker.address())
                    .follow(folder, server.address());

            assertThat(firstResult("ship").field("shipped").map(RawJson::toString))
                    .contains("[7]");
            new Wsk(folder, server.address()).ok("trigger", "delete", "ordered");
        }
    }

    /// What an action answered when it was called first.
    private static RawJson firstResult(String action) {
        Api guest = Api.guest(server);
        List<RawJson> runs = Waiting.until(
                SOON,
                () -> guest.get(Api.OWN + "/activations?limit=200&name=" + action)
                        .expect(200)
                        .json()
                        .elements(),
                each -> !each.isEmpty());
        String id =
                runs.getLast().field("activationId").flatMap(RawJson::asText).orElseThrow();
        return guest.get(Api.activation(id)).expect(200).at("response", "result");
    }
}
