package dev.whirl.e2e.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.catalog.LocalServer.Reply;
import dev.whirl.e2e.catalog.LocalServer.Seen;
import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.model.json.RawJson;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Actions of the catalog that call other servers.
class CatalogCallsTest {
    private final Api guest = SharedServer.guest();

    private Answer call(String action, String parameters) {
        return guest.post(
                "/api/v1/namespaces/whisk.system/actions/%s?blocking=true&result=true".formatted(action), parameters);
    }

    @Test
    @Tag("C-10")
    void aMessageGoesToSlackAndWhatSlackRefusesIsAnError() throws IOException {
        try (var slack = new LocalServer(
                new Reply(200, "ok", Map.of()), Reply.json(200, "{\"ok\":false,\"error\":\"channel_not_found\"}"))) {
            String parameters =
                    "{\"url\":\"%s/hook\",\"channel\":\"#a\",\"text\":\"Grüße\",\"username\":\"Ada\",\"icon_emoji\":\":tada:\"%s}";

            assertThat(call("slack/post", parameters.formatted(slack.address(), ""))
                            .expect(200)
                            .body())
                    .isEqualTo("{\"text\":\"Grüße\",\"channel\":\"#a\"}");
            assertThat(call("slack/post", parameters.formatted(slack.address(), ",\"token\":\"xoxb-1\""))
                            .expect(502)
                            .body())
                    .contains("Slack refused the message: channel_not_found");

            assertThat(slack.seen().getFirst().body())
                    .isEqualTo(
                            "{\"channel\":\"#a\",\"username\":\"Ada\",\"text\":\"Grüße\",\"icon_emoji\":\":tada:\"}");
            assertThat(slack.seen().get(1).header("Authorization")).isEqualTo("Bearer xoxb-1");
        }
    }

    @Test
    @Tag("C-11")
    void theFeedOfGitHubMakesAWebhookAndRemovesIt() throws IOException {
        try (var github = new LocalServer(Reply.json(201, "{\"id\":7}"))) {
            call("github/webhook", webhook("CREATE", github)).expect(200);

            Seen made = github.seen().getFirst();
            assertThat(made.method() + " " + made.path()).isEqualTo("POST /repos/octocat/hello/hooks");
            assertThat(made.header("Authorization")).isEqualTo("Bearer t0k");
            assertThat(made.body())
                    .contains(
                            "\"events\":[\"push\",\"issues\"]",
                            "https://u:k@api.example.com/api/v1/namespaces/guest/triggers/pushed");
        }
        try (var github = new LocalServer()) {
            github.expect(Reply.json(200, hooks(github)), new Reply(204, "", Map.of()));
            call("github/webhook", webhook("DELETE", github)).expect(200);

            Seen removed = github.seen().get(1);
            assertThat(removed.method() + " " + removed.path()).isEqualTo("DELETE /hooks/7");
        }
    }

    private static String webhook(String event, LocalServer github) {
        return """
                {"lifecycleEvent":"%s","events":"push, issues","repository":"octocat/hello","accessToken":"t0k",\
                "baseUrl":"%s","endpoint":"api.example.com","authKey":"u:k","triggerName":"/guest/pushed"}""".formatted(event, github.address());
    }

    /// What a repository has: somebody else's webhook and ours.
    private static String hooks(LocalServer github) {
        return """
                [{"id":1,"url":"%1$s/other","config":{"url":"https://x/y"}},\
                {"id":7,"url":"%1$s/hooks/7",\
                "config":{"url":"https://api.example.com/api/v1/namespaces/guest/triggers/pushed"}}]""".formatted(github.address());
    }

    @Test
    @Tag("C-12")
    void aMessageGoesToAWebSocketServer() throws Exception {
        try (var server = new WebSocketEcho()) {
            Answer answer = call(
                    "websocket/send",
                    "{\"uri\":\"ws://127.0.0.1:%d/chat\",\"payload\":\"Hi there\"}".formatted(server.port()));

            assertThat(answer.expect(200).body()).isEqualTo("{\"payload\":\"Hi there\"}");
            assertThat(server.received()).isEqualTo("Hi there");
        }
        assertThat(call("websocket/send", "{\"uri\":\"ws://127.0.0.1:9/\",\"payload\":\"x\"}")
                        .expect(502)
                        .body())
                .contains("could not be reached");
    }

    @Test
    void anHttpCallIsTriedAgainWhereThatMayHelpAndNothingIsDoneTwice() throws IOException {
        try (var server = new LocalServer(
                new Reply(503, "", Map.of("Retry-After", "0")), Reply.json(201, "{\"id\":7}"), Reply.json(500, "{}"))) {
            String post = "{\"url\":\"%s/orders\",\"method\":\"post\",\"body\":{\"n\":1},\"backoff\":1}"
                    .formatted(server.address());

            RawJson first = call("http/call", post).expect(200).json();
            RawJson second = call("http/call", post).expect(200).json();

            assertThat(first.field("status")).contains(RawJson.number(201));
            assertThat(first.field("attempts")).contains(RawJson.number(2));
            assertThat(first.field("body").orElseThrow().toString()).isEqualTo("{\"id\":7}");
            assertThat(second.field("status")).contains(RawJson.number(500));
            assertThat(server.seen())
                    .hasSize(3)
                    .allSatisfy(each -> assertThat(each.body()).isEqualTo("{\"n\":1}"));
        }
    }

    @Test
    @Tag("C-13")
    void samplesFetchAddressesAndFireTriggers() throws IOException {
        try (var server = new LocalServer(Reply.json(200, "{\"a\":1}"), new Reply(200, "plain", Map.of()))) {
            assertThat(call("samples/httpGet", "{\"url\":\"%s/x\"}".formatted(server.address()))
                            .expect(200)
                            .body())
                    .isEqualTo("{\"status\":200,\"body\":{\"a\":1}}");
            assertThat(call(
                                    "samples/curl",
                                    "{\"payload\":\"%s/y\"}"
                                            .formatted(server.address().substring("http://".length())))
                            .expect(200)
                            .body())
                    .isEqualTo("{\"msg\":\"plain\"}");
        }
        guest.put(Api.OWN + "/triggers/catalog-sample?overwrite=true", "{}").expect(200);
        call("samples/trigger", "{\"triggerName\":\"catalog-sample\",\"n\":1}").expect(200);
    }
}
