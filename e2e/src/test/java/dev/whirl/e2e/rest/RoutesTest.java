package dev.whirl.e2e.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.Names;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.model.json.RawJson;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RoutesTest {
    private static final Api GUEST = SharedServer.guest();

    @Test
    @Tag("R-20")
    void theApiDescribesItselfToEverybody() {
        for (String path : List.of("/api/v1", "/api/v1/")) {
            Answer answer = SharedServer.anonymous().get(path).expect(200);

            assertThat(answer.text("description")).isEqualTo("OpenWhisk API");
            assertThat(answer.text("api_version")).isEqualTo("1.0.0");
            assertThat(answer.text("api_version_path")).isEqualTo("v1");
            assertThat(answer.text("build")).isNotBlank();
            assertThat(answer.text("buildno")).isNotBlank();
            assertThat(answer.text("swagger_paths", "ui")).isEqualTo("/docs");
            assertThat(answer.text("swagger_paths", "api-docs")).isEqualTo("/api-docs");
        }
    }

    @Test
    @Tag("R-21")
    @Tag("R-22")
    @Tag("R-50")
    void theApiIsDescribedForPeopleAndPrograms() {
        Api anybody = SharedServer.anonymous();

        Answer page = anybody.get("/api/v1/docs").expect(200);
        RawJson swagger = anybody.get("/api/v1/api-docs").expect(200).json();

        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.body()).contains("/namespaces/{namespace}/actions");
        assertThat(swagger.field("swagger")).contains(RawJson.string("2.0"));
        assertThat(swagger.field("basePath")).contains(RawJson.string("/api/v1"));
        assertThat(swagger.field("paths").orElseThrow().fields())
                .containsKeys("/namespaces", "/namespaces/{namespace}/rules/{ruleName}");
        assertThat(anybody.get("/api-docs").expect(200).at("paths").fields()).containsKey("/invokers");
    }

    @Test
    @Tag("R-23")
    void theNamespaceListHasExactlyTheCallersOwn() {
        assertThat(GUEST.get("/api/v1/namespaces").expect(200).body()).isEqualTo("[\"guest\"]");
        GUEST.get("/api/v1/namespaces/guest").expect(404);
    }

    @Test
    @Tag("R-25")
    @Tag("R-61")
    void anActionIsReadWithItsCodeUnlessAskedWithout() {
        String name = GUEST.stored(Code.NODE, Code.NODE_ECHO, "");

        Answer full = GUEST.get(Api.action(name)).expect(200);
        Answer asked = GUEST.get(Api.action(name) + "?code=true").expect(200);
        Answer bare = GUEST.get(Api.action(name) + "?code=false").expect(200);

        assertThat(full.json().fields().keySet())
                .containsExactlyInAnyOrder(
                        "namespace",
                        "name",
                        "exec",
                        "parameters",
                        "limits",
                        "version",
                        "publish",
                        "annotations",
                        "updated");
        assertThat(full.text("exec", "code")).isEqualTo(Code.NODE_ECHO);
        assertThat(asked.body()).isEqualTo(full.body());
        assertThat(bare.find("exec", "code")).isEmpty();
        assertThat(bare.text("exec", "kind")).isEqualTo("nodejs:20");
        GUEST.get(Api.action(name) + "?code=perhaps")
                .expectErrorStarting(400, "The query parameter 'code' was malformed:");
    }

    @Test
    @Tag("R-26")
    @Tag("R-60")
    void aPutAnswersTheWholeActionAndIgnoresUnknownFields() {
        String name = Names.unique("put");

        Answer answer = GUEST.put(Api.action(name), """
                        {"namespace":"other","name":"other","unknown":[1],"publish":true,"version":"1.2.3",
                         "exec":{"kind":"nodejs:20","code":"function main() { return {}; }"},
                         "parameters":[{"key":"p","value":{"deep":[1,null]}}],
                         "annotations":[{"key":"k","value":"v"}],
                         "limits":{"timeout":1000,"memory":128,"logs":1,"concurrency":2}}""").expect(200);

        assertThat(answer.text("namespace")).isEqualTo("guest");
        assertThat(answer.text("name")).isEqualTo(name);
        assertThat(answer.text("version")).isEqualTo("1.2.3");
        assertThat(answer.at("parameters").toString()).isEqualTo("[{\"key\":\"p\",\"value\":{\"deep\":[1,null]}}]");
        assertThat(answer.annotation("k")).contains(RawJson.string("v"));
        assertThat(answer.number("limits", "timeout")).isEqualTo(1000);
        assertThat(answer.number("limits", "memory")).isEqualTo(128);
        assertThat(answer.number("limits", "logs")).isEqualTo(1);
        assertThat(answer.number("limits", "concurrency")).isEqualTo(2);
        assertThat(GUEST.get(Api.action(name)).body()).isEqualTo(answer.body());
    }

    @Test
    @Tag("R-28")
    void aDeletedActionIsAnsweredAndGone() {
        String name = GUEST.stored(Code.NODE, Code.NODE_ECHO, "");

        Answer deleted = GUEST.delete(Api.action(name)).expect(200);

        assertThat(deleted.text("name")).isEqualTo(name);
        GUEST.get(Api.action(name)).expectError(404, "The requested resource does not exist.");
        GUEST.delete(Api.action(name)).expectError(404, "The requested resource does not exist.");
        GUEST.invoke(name, "{}").expectError(404, "The requested resource does not exist.");
    }

    @Test
    @Tag("R-42")
    @Tag("R-155")
    void theCallersLimitsAreShown() {
        Answer limits = GUEST.get(Api.OWN + "/limits").expect(200);

        assertThat(limits.number("invocationsPerMinute")).isEqualTo(60_000);
        assertThat(limits.number("concurrentInvocations")).isEqualTo(1_000);
        assertThat(limits.number("firesPerMinute")).isEqualTo(60_000);
        assertThat(limits.number("minActionMemory")).isEqualTo(128);
        assertThat(limits.number("maxActionMemory")).isEqualTo(512);
        assertThat(limits.number("minActionLogs")).isEqualTo(0);
        assertThat(limits.number("maxActionLogs")).isEqualTo(10);
        assertThat(limits.number("minActionTimeout")).isEqualTo(100);
        assertThat(limits.number("maxActionTimeout")).isEqualTo(300_000);
        assertThat(limits.number("minActionConcurrency")).isEqualTo(1);
        assertThat(limits.number("maxActionConcurrency")).isEqualTo(500);
        assertThat(limits.text("maxParameterSize")).isEqualTo("1048576 B");
        assertThat(limits.number("maxActionInstances")).isEqualTo(1_000);
    }

    @Test
    @Tag("R-44")
    void pingAnswersPong() {
        Answer answer = SharedServer.anonymous().get("/ping").expect(200);

        assertThat(answer.body()).isEqualTo("pong");
        assertThat(answer.header("Content-Type")).startsWith("text/plain");
    }

    @Test
    @Tag("R-45")
    @Tag("R-170")
    void theRootSaysWhatTheSystemOffers() {
        Answer answer = SharedServer.anonymous().get("/").expect(200);

        assertThat(answer.text("description")).isEqualTo("OpenWhisk");
        assertThat(answer.at("api_paths").toString()).isEqualTo("[\"/api/v1\"]");
        assertThat(answer.at("support").fields()).containsKeys("github", "slack");
        assertThat(answer.at("limits").fields().keySet())
                .contains(
                        "actions_per_minute",
                        "triggers_per_minute",
                        "concurrent_actions",
                        "sequence_length",
                        "default_min_action_duration",
                        "default_max_action_duration",
                        "default_min_action_memory",
                        "default_max_action_memory",
                        "default_min_action_logs",
                        "default_max_action_logs",
                        "min_action_duration",
                        "max_action_duration",
                        "min_action_memory",
                        "max_action_memory",
                        "min_action_logs",
                        "max_action_logs");
        assertThat(answer.number("limits", "min_action_memory")).isEqualTo(128L << 20);
    }

    @Test
    @Tag("R-170")
    void theRootListsTheRuntimesOfEachFamily() {
        RawJson families = SharedServer.anonymous().get("/").expect(200).at("runtimes");

        assertThat(families.fields()).containsKeys("nodejs", "python", "java");
        RawJson node = families.field("nodejs").orElseThrow().elements().stream()
                .filter(each ->
                        each.field("kind").flatMap(RawJson::asText).orElse("").equals("nodejs:20"))
                .findFirst()
                .orElseThrow();
        assertThat(node.fields()).containsKeys("kind", "image", "deprecated", "default", "attached", "requireMain");
        assertThat(node.field("default")).contains(RawJson.TRUE);
        assertThat(node.field("deprecated")).contains(RawJson.FALSE);
    }
}
