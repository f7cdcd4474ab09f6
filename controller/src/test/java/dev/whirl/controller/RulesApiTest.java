package dev.whirl.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.controller.Http.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Triggers and rules over HTTP, but for firing.
class RulesApiTest {
    private static final String T_TO_A = "{\"trigger\":\"/_/t\",\"action\":\"/_/a\"}";

    private TestPlatform platform;
    private Http guest;

    @BeforeEach
    void start() {
        platform = TestPlatform.start();
        guest = platform.asGuest();
        guest.put("triggers/t", "{}");
        guest.putNodeAction("a");
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    @Tag("R-110")
    @Tag("R-31")
    @Tag("trap-7")
    @Tag("trap-17")
    void aTriggerIsShownAsItWasStored() {
        Reply put = guest.put(
                "triggers/new",
                "{\"parameters\":[{\"key\":\"p\",\"value\":1}],\"publish\":true,\"limits\":{},"
                        + "\"annotations\":[{\"key\":\"feed\",\"value\":\"/whisk.system/alarms/alarm\"}]}");

        assertThat(put.status()).isEqualTo(200);
        assertThat(put.body())
                .startsWith("{\"namespace\":\"guest\",\"name\":\"new\",\"parameters\":[{\"key\":\"p\",\"value\":1}],"
                        + "\"limits\":{},\"version\":\"0.0.1\",\"publish\":false,\"annotations\":"
                        + "[{\"key\":\"feed\",\"value\":\"/whisk.system/alarms/alarm\"}],\"updated\":");
        assertThat(guest.get("triggers/new").body()).isEqualTo(put.body());
        assertThat(guest.put("triggers/new", "{}").error()).isEqualTo("resource already exists");
        assertThat(guest.put("triggers/new?overwrite=true", "{\"annotations\":[]}")
                        .at("version"))
                .isEqualTo("0.0.2");
        assertThat(guest.get("triggers/new").at("annotations")).isEqualTo("[]");
        assertThat(guest.get("triggers/new").at("parameters")).isEqualTo("[{\"key\":\"p\",\"value\":1}]");
        assertThat(guest.delete("triggers/new").status()).isEqualTo(200);
        assertThat(guest.get("triggers/new").status()).isEqualTo(404);
        assertThat(guest.put("triggers/bad", "{\"limits\":7}").status()).isEqualTo(400);
    }

    @Test
    @Tag("R-110")
    void theNameOfAFeedIsCheckedWhenATriggerIsCreated() {
        String body = "{\"annotations\":[{\"key\":\"feed\",\"value\":%s}]}";

        for (String each : new String[] {"\"\"", "7", "\"a//-b\"", "\"/\"", "{}"}) {
            Reply reply = guest.put("triggers/new", body.formatted(each));
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.error()).isEqualTo("Feed name is not valid");
        }
        assertThat(guest.put("triggers/t?overwrite=true", body.formatted("7")).status())
                .isEqualTo(200);
    }

    @Test
    @Tag("R-30")
    void listsOfTriggersAreWithoutParametersAndRules() {
        guest.put("rules/r", T_TO_A);

        Reply list = guest.get("triggers");

        assertThat(list.json().elements()).hasSize(1);
        assertThat(list.json().elements().getFirst().fields().keySet())
                .containsExactly("namespace", "name", "version", "publish", "annotations", "updated");
        assertThat(guest.get("triggers/?count=true").body()).isEqualTo("{\"triggers\":1}");
        assertThat(guest.get("/api/v1/namespaces/other/triggers").status()).isEqualTo(403);
        assertThat(guest.get("/api/v1/namespaces/other/triggers/t").status()).isEqualTo(403);
    }

    @Test
    @Tag("R-120")
    @Tag("R-34")
    @Tag("R-2")
    @Tag("trap-7")
    @Tag("trap-17")
    void aNewRuleIsActive() {
        Reply put = guest.put(
                "rules/r",
                "{\"trigger\":{\"path\":\"_\",\"name\":\"t\"},\"action\":\"/guest/a\",\"publish\":true,"
                        + "\"annotations\":[{\"key\":\"k\",\"value\":1}]}");

        assertThat(put.status()).isEqualTo(200);
        assertThat(put.body())
                .startsWith("{\"namespace\":\"guest\",\"name\":\"r\",\"status\":\"active\","
                        + "\"trigger\":{\"path\":\"guest\",\"name\":\"t\"},"
                        + "\"action\":{\"path\":\"guest\",\"name\":\"a\"},\"version\":\"0.0.1\",\"publish\":false,"
                        + "\"annotations\":[{\"key\":\"k\",\"value\":1}],\"updated\":");
        assertThat(guest.get("rules/r").body()).isEqualTo(put.body());
        assertThat(guest.put("rules/r", T_TO_A).error()).isEqualTo("resource already exists");
        Reply updated = guest.put("rules/r?overwrite=true", "{\"annotations\":[{\"key\":\"l\",\"value\":2}]}");
        assertThat(updated.at("annotations")).isEqualTo("[{\"key\":\"l\",\"value\":2}]");
        assertThat(updated.at("action")).isEqualTo("{\"path\":\"guest\",\"name\":\"a\"}");
    }

    @Test
    @Tag("R-121")
    @Tag("R-110")
    @Tag("trap-19")
    void theTriggerHoldsItsRulesAndTheirStatus() {
        guest.put("packages/p", "{}");
        guest.putNodeAction("p/x");
        guest.put("rules/r", "{\"trigger\":\"_/t\",\"action\":\"_/p/x\"}");

        assertThat(guest.get("triggers/t").at("rules"))
                .isEqualTo("{\"guest/r\":{\"action\":{\"path\":\"guest/p\",\"name\":\"x\"},\"status\":\"active\"}}");
        Reply off = guest.post("rules/r", "{\"status\":\"inactive\"}");

        assertThat(off.status()).isEqualTo(200);
        assertThat(guest.get("triggers/t").at("rules")).endsWith("\"status\":\"inactive\"}}");
        assertThat(guest.get("rules/r").at("status")).isEqualTo("inactive");
        assertThat(guest.put("triggers/t?overwrite=true", "{}").at("rules")).endsWith("\"status\":\"inactive\"}}");
        assertThat(guest.get("triggers/t").at("version")).isEqualTo("0.0.2");
    }

    @Test
    @Tag("R-35")
    @Tag("R-121")
    @Tag("trap-6")
    void aRuleIsSwitchedWithAnEmptyAnswer() {
        guest.put("rules/r", T_TO_A);

        for (String each : new String[] {"inactive", "inactive", "active", "active"}) {
            Reply reply = guest.post("rules/r", "{\"status\":\"" + each + "\"}");
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).isEmpty();
            assertThat(guest.get("rules/r").at("status")).isEqualTo(each);
        }
        Reply unknown = guest.post("rules/r", "{\"status\":\"foo\"}");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.error())
                .isEqualTo("The request content was malformed:\n"
                        + "requirement failed: foo is not a recognized rule state");
        assertThat(guest.post("rules/r", "{}").status()).isEqualTo(400);
        assertThat(guest.post("rules/r", "{\"status\":7}").status()).isEqualTo(400);
        assertThat(guest.post("rules/none", "{\"status\":\"active\"}").status()).isEqualTo(404);
    }

    @Test
    @Tag("R-113")
    @Tag("R-121")
    void withoutItsTriggerARuleIsInactive() {
        guest.put("rules/r", T_TO_A);

        assertThat(guest.delete("triggers/t").status()).isEqualTo(200);

        assertThat(guest.get("rules/r").at("status")).isEqualTo("inactive");
        assertThat(guest.post("rules/r", "{\"status\":\"inactive\"}").status()).isEqualTo(200);
        Reply active = guest.post("rules/r", "{\"status\":\"active\"}");
        assertThat(active.status()).isEqualTo(404);
        assertThat(active.error()).isEqualTo("Only rules with existing triggers can be activated");
        guest.put("triggers/t", "{}");
        assertThat(guest.get("rules/r").at("status")).isEqualTo("inactive");
        assertThat(guest.post("rules/r", "{\"status\":\"active\"}").status()).isEqualTo(200);
        assertThat(guest.get("triggers/t").at("rules")).contains("\"guest/r\"");
        assertThat(guest.delete("rules/r").status()).isEqualTo(200);
    }

    @Test
    @Tag("R-120")
    void aRuleNeedsATriggerAndAnActionThatExist() {
        refuses("{}", 400, "rule requires a valid trigger and a valid action");
        refuses("{\"trigger\":\"_/t\"}", 400, "rule requires a valid trigger and a valid action");
        refuses("{\"trigger\":\"_/u\",\"action\":\"_/a\"}", 400, "trigger /guest/u does not exist");
        refuses("{\"trigger\":\"_/t\",\"action\":\"_/b\"}", 400, "action /guest/b does not exist");
        refuses("{\"trigger\":\"_/t\",\"action\":\"_/p/b\"}", 400, "action /guest/p/b does not exist");
        refuses(
                "{\"trigger\":\"/other/t\",\"action\":\"_/a\"}",
                403,
                "The supplied authentication is not authorized to access 'other/t'.");
        refuses(
                "{\"trigger\":\"_/t\",\"action\":\"/other/p/a\"}",
                403,
                "The supplied authentication is not authorized to access 'other/p/a'.");
        assertThat(guest.put("rules/r", "{\"trigger\":\"t\",\"action\":\"_/a\"}")
                        .error())
                .startsWith("The request content was malformed:\n");
        assertThat(guest.put("rules/r", "{\"trigger\":\"_/ t\",\"action\":\"_/a\"}")
                        .error())
                .isEqualTo(
                        "The request content was malformed:\n" + "The name of the entity contains illegal characters.");
        assertThat(guest.get("rules/r").status()).isEqualTo(404);
        assertThat(guest.get("triggers/t").json().field("rules")).isEmpty();
    }

    private void refuses(String body, int status, String sentence) {
        Reply reply = guest.put("rules/r", body);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.error()).isEqualTo(sentence);
    }

    @Test
    @Tag("R-120")
    @Tag("R-121")
    void anUpdateKeepsTheStatusAndMovesTheRuleToItsNewTrigger() {
        guest.put("triggers/u", "{}");
        guest.putNodeAction("b");
        guest.put("rules/r", T_TO_A);
        guest.post("rules/r", "{\"status\":\"inactive\"}");

        Reply moved = guest.put("rules/r?overwrite=true", "{\"trigger\":\"_/u\",\"action\":\"_/b\"}");

        assertThat(moved.at("status")).isEqualTo("inactive");
        assertThat(moved.at("version")).isEqualTo("0.0.2");
        assertThat(guest.get("triggers/t").json().field("rules")).isEmpty();
        assertThat(guest.get("triggers/u").at("rules"))
                .isEqualTo("{\"guest/r\":{\"action\":{\"path\":\"guest\",\"name\":\"b\"},\"status\":\"inactive\"}}");
        guest.post("rules/r", "{\"status\":\"active\"}");
        assertThat(guest.put("rules/r?overwrite=true", "{\"annotations\":[]}").at("status"))
                .isEqualTo("active");
    }

    @Test
    @Tag("R-34")
    @Tag("R-33")
    void aDeletedRuleIsInactiveAndGoneFromItsTrigger() {
        guest.put("rules/r", T_TO_A);
        assertThat(guest.get("rules").json().elements().getFirst().fields().keySet())
                .containsExactly(
                        "namespace", "name", "trigger", "action", "version", "publish", "annotations", "updated");
        assertThat(guest.get("rules?count=true").body()).isEqualTo("{\"rules\":1}");

        Reply deleted = guest.delete("rules/r");

        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.at("status")).isEqualTo("inactive");
        assertThat(guest.get("rules/r").status()).isEqualTo(404);
        assertThat(guest.delete("rules/r").status()).isEqualTo(404);
        assertThat(guest.get("triggers/t").json().field("rules")).isEmpty();
    }

    @Test
    @Tag("R-121")
    @Tag("R-16")
    void rulesThatAreWrittenAtTheSameTimeAllReachTheirTrigger() throws Exception {
        int many = 24;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> replies = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                String path = "rules/r" + i;
                replies.add(threads.submit(() -> guest.put(path, T_TO_A)));
            }
            for (Future<Reply> each : replies) {
                assertThat(each.get().status()).isEqualTo(200);
            }
        }
        assertThat(guest.get("triggers/t").json().field("rules").orElseThrow().fields())
                .hasSize(many);
    }
}
