package dev.whirl.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.controller.Http.Reply;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.limits.NamespaceLimits;
import dev.whirl.model.message.Invocation;
import dev.whirl.store.InvocationJournal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Firing triggers over HTTP, with an invoker that answers as told.
class FireApiTest {
    private TestPlatform platform;
    private Http guest;

    @BeforeEach
    void start() {
        platform = TestPlatform.start();
        guest = platform.asGuest();
        guest.put("triggers/t", "{\"parameters\":[{\"key\":\"p\",\"value\":1},{\"key\":\"q\",\"value\":1}]}");
        guest.putNodeAction("a");
        guest.put("rules/r", "{\"trigger\":\"_/t\",\"action\":\"_/a\"}");
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    private List<RawJson> lines(Reply fired) {
        return guest
                .get("activations/" + fired.at("activationId"))
                .json()
                .field("logs")
                .orElseThrow()
                .elements()
                .stream()
                .map(each -> TestPlatform.json(each.asText().orElseThrow()))
                .toList();
    }

    private static String at(RawJson line, String field) {
        RawJson value = line.field(field).orElse(RawJson.NULL);
        return value.asText().orElse(value.toString());
    }

    private void limit(NamespaceLimits limits) {
        platform.stores().subjects().putLimits(new NamespaceName("guest"), limits);
        await().until(() -> guest.get("limits").at("firesPerMinute").equals(String.valueOf(limits.firesPerMinute())));
    }

    @Test
    @Tag("R-32")
    @Tag("R-111")
    @Tag("R-10")
    void firingRunsTheActionAndLeavesARecordAtOnce() {
        Reply fired = guest.post("triggers/t", "{\"x\":1}");

        assertThat(fired.status()).isEqualTo(202);
        String id = fired.at("activationId");
        assertThat(fired.body()).isEqualTo("{\"activationId\":\"" + id + "\"}");
        assertThat(fired.headers()).containsEntry("x-openwhisk-activation-id", id);
        Reply record = guest.get("activations/" + id);
        assertThat(record.at("namespace")).isEqualTo("guest");
        assertThat(record.at("name")).isEqualTo("t");
        assertThat(record.at("response")).isEqualTo("{\"status\":\"success\",\"success\":true,\"result\":{\"x\":1}}");
        assertThat(record.at("annotations")).isEqualTo("[]");
        assertThat(record.json().fields().keySet()).contains("start").doesNotContain("end", "duration", "cause");
        Invocation sent = platform.invoker().received().getFirst();
        assertThat(record.at("logs.0"))
                .isEqualTo("{\"rule\":\"guest/r\",\"action\":\"guest/a\",\"statusCode\":0,\"success\":true,"
                        + "\"activationId\":\"" + sent.id() + "\"}");
        await().until(() -> guest.get("activations/" + sent.id()).status() == 200);
        assertThat(guest.get("activations?name=t").json().elements()).hasSize(1);
    }

    @Test
    @Tag("R-112")
    void theActionGetsParametersPayloadAndHeaders() {
        guest.send(
                "POST",
                "triggers/t",
                "{\"q\":2}",
                Map.of("Content-Type", "application/json", "X-Custom", "Value", "X-Request-ID", "abc123"));

        Invocation sent = platform.invoker().received().getFirst();
        assertThat(sent.arguments().field("p")).contains(RawJson.number(1));
        assertThat(sent.arguments().field("q")).contains(RawJson.number(2));
        Map<String, RawJson> headers =
                sent.arguments().field("__ow_headers").orElseThrow().fields();
        assertThat(headers).containsEntry("x-custom", RawJson.string("Value")).containsKey("host");
        assertThat(headers).doesNotContainKey("authorization");
        assertThat(sent.transaction().value()).isEqualTo("abc123");
        assertThat(sent.isAccepted()).isTrue();
        assertThat(sent.cause()).isNull();
    }

    @Test
    @Tag("R-111")
    @Tag("R-112")
    void aPayloadMayBringItsOwnHeadersAndMayBeMissing() {
        guest.post("triggers/t", "{\"__ow_headers\":{\"mine\":1}}");
        assertThat(platform.invoker().received().getFirst().arguments().field("__ow_headers"))
                .contains(TestPlatform.json("{\"mine\":1}"));

        Reply bare = guest.send("POST", "triggers/t", null, Map.of());

        assertThat(bare.status()).isEqualTo(202);
        assertThat(guest.get("activations/" + bare.at("activationId")).at("response.result"))
                .isEqualTo("{}");
    }

    @Test
    @Tag("R-32")
    @Tag("trap-6")
    void withoutAnActiveRuleNothingHappens() {
        guest.post("rules/r", "{\"status\":\"inactive\"}");
        guest.put("triggers/bare", "{}");

        for (String each : List.of("triggers/t", "triggers/bare")) {
            Reply reply = guest.post(each, "{}");
            assertThat(reply.status()).isEqualTo(204);
            assertThat(reply.body()).isEmpty();
            assertThat(reply.headers()).doesNotContainKey("x-openwhisk-activation-id");
        }
        assertThat(guest.get("activations").body()).isEqualTo("[]");
    }

    @Test
    @Tag("R-111")
    @Tag("R-113")
    void eachRuleHasItsLineWhateverBecameOfIt() {
        guest.putNodeAction("gone");
        guest.put("rules/off", "{\"trigger\":\"_/t\",\"action\":\"_/a\"}");
        guest.post("rules/off", "{\"status\":\"inactive\"}");
        guest.put("rules/late", "{\"trigger\":\"_/t\",\"action\":\"_/gone\"}");
        guest.delete("actions/gone");

        Reply fired = guest.post("triggers/t", "{}");

        List<RawJson> lines = lines(fired);
        assertThat(lines).hasSize(3);
        assertThat(at(lines.get(0), "success")).isEqualTo("true");
        assertThat(lines.get(1))
                .hasToString("{\"rule\":\"guest/off\",\"action\":\"guest/a\",\"statusCode\":1,\"success\":false,"
                        + "\"error\":\"Rule 'guest/off' is inactive, action 'guest/a' was not activated.\"}");
        assertThat(lines.get(2))
                .hasToString("{\"rule\":\"guest/late\",\"action\":\"guest/gone\",\"statusCode\":1,\"success\":false,"
                        + "\"error\":\"The requested resource does not exist.\"}");
        assertThat(platform.invoker().received()).hasSize(1);
    }

    @Test
    @Tag("R-111")
    void theRecordIsThereEvenIfNoInvokerTakesWork() {
        platform.invoker().beat(true);

        Reply fired = guest.post("triggers/t", "{}");

        assertThat(fired.status()).isEqualTo(202);
        assertThat(at(lines(fired).getFirst(), "statusCode")).isEqualTo("3");
        platform.invoker().beat(false);
        assertThat(at(lines(guest.post("triggers/t", "{}")).getFirst(), "statusCode"))
                .isEqualTo("0");
    }

    @Test
    @Tag("R-80")
    @Tag("R-111")
    void whatAFiringSetsOffIsInTheJournalBeforeTheAnswer() {
        guest.putNodeAction("b");
        guest.put("rules/r2", "{\"trigger\":\"_/t\",\"action\":\"_/b\"}");
        var held = platform.invoker().hold();

        Reply fired = guest.post("triggers/t", "{}");

        InvocationJournal journal = platform.stores().journal();
        List<String> ids =
                lines(fired).stream().map(each -> at(each, "activationId")).toList();
        for (String each : ids) {
            assertThat(journal.find(new ActivationId(each))).isPresent();
        }
        held.countDown();
        await().until(() -> ids.stream()
                .noneMatch(each -> journal.find(new ActivationId(each)).isPresent()));
    }

    @Test
    @Tag("R-112")
    @Tag("R-153")
    @Tag("A-6")
    void rulesAreThrottledAndEntitledLikeCallsOfTheirOwn() {
        Http other = platform.as(TestPlatform.OTHER);
        other.put("packages/shared", "{\"publish\":true}");
        other.putNodeAction("shared/x");
        guest.put("rules/r2", "{\"trigger\":\"_/t\",\"action\":\"/other/shared/x\"}");
        assertThat(at(lines(guest.post("triggers/t", "{}")).get(1), "success")).isEqualTo("true");
        assertThat(platform.invoker().received().getLast().caller().namespace().name())
                .hasToString("guest");

        other.put("packages/shared?overwrite=true", "{\"publish\":false}");

        RawJson refused = lines(guest.post("triggers/t", "{}")).get(1);
        assertThat(at(refused, "error"))
                .isEqualTo("The supplied authentication is not authorized to access 'other/shared/x'.");
        limit(new NamespaceLimits(5, null, 100, null, null));
        RawJson throttled = lines(guest.post("triggers/t", "{}")).get(1);
        assertThat(at(throttled, "statusCode")).isEqualTo("1");
        assertThat(at(throttled, "error")).isEqualTo("Too many requests in the last minute (count: 6, allowed: 5).");
    }

    @Test
    @Tag("R-150")
    @Tag("R-151")
    @Tag("R-153")
    @Tag("trap-16")
    void firingHasAQuotaOfItsOwnThatComesBeforeEverythingElse() {
        limit(new NamespaceLimits(null, null, 1, null, null));
        assertThat(guest.post("triggers/t", "{}").status()).isEqualTo(202);

        assertThat(guest.post("triggers/none", "{}").error())
                .isEqualTo("Too many requests in the last minute (count: 2, allowed: 1).");
        assertThat(guest.post("/api/v1/namespaces/other/triggers/t", "{}").status())
                .isEqualTo(429);
        assertThat(guest.post("actions/a", "{}").status()).isEqualTo(202);
    }

    @Test
    @Tag("R-32")
    @Tag("R-80")
    @Tag("R-84")
    void whatIsNoObjectOrTooLargeIsRefused() {
        assertThat(guest.post("triggers/t", "[1]").status()).isEqualTo(400);
        assertThat(guest.post("triggers/t", "not json").status()).isEqualTo(400);
        assertThat(guest.post("triggers/t", "\"text\"").status()).isEqualTo(400);
        assertThat(guest.post("triggers/t", "{\"x\":\"" + "y".repeat(1 << 20) + "\"}")
                        .status())
                .isEqualTo(413);
        assertThat(guest.post("triggers/none", "{}").status()).isEqualTo(404);
        assertThat(guest.post("/api/v1/namespaces/other/triggers/t", "{}").status())
                .isEqualTo(403);
        assertThat(platform.invoker().received()).isEmpty();
        assertThat(guest.get("activations").body()).isEqualTo("[]");
    }

    @Test
    @Tag("R-84")
    void argumentsThatGrewTooLargeAreTheRulesOwnError() {
        RawJson line = lines(guest.post("triggers/t", "{\"x\":\"" + "y".repeat((1 << 20) - 20) + "\"}"))
                .getFirst();

        assertThat(at(line, "statusCode")).isEqualTo("1");
        assertThat(at(line, "error")).startsWith("Request larger than allowed: ");
    }

    @Test
    @Tag("R-83")
    void aFinalActionRefusesWhatAFiringOverrides() {
        guest.put(
                "actions/final",
                "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"x\"},\"parameters\":[{\"key\":\"p\",\"value\":0}],"
                        + "\"annotations\":[{\"key\":\"final\",\"value\":true}]}");
        guest.put("rules/r2", "{\"trigger\":\"_/t\",\"action\":\"_/final\"}");

        RawJson line = lines(guest.post("triggers/t", "{}")).get(1);

        assertThat(at(line, "statusCode")).isEqualTo("1");
        assertThat(at(line, "error")).startsWith("Request defines parameters that are not allowed");
    }

    @Test
    @Tag("R-139")
    void aNamespaceWithoutRecordsHasNoneOfItsTriggersEither() {
        limit(new NamespaceLimits(null, null, 100, null, false));

        Reply fired = guest.post("triggers/t", "{}");

        assertThat(fired.status()).isEqualTo(202);
        assertThat(guest.get("activations/" + fired.at("activationId")).status())
                .isEqualTo(404);
        assertThat(platform.invoker().received()).hasSize(1);
    }

    @Test
    @Tag("R-111")
    @Tag("R-180")
    void aRuleMaySetOffASequence() {
        guest.put("actions/s", "{\"exec\":{\"kind\":\"sequence\",\"components\":[\"/_/a\",\"/_/a\"]}}");
        guest.put("triggers/u", "{}");
        guest.put("rules/r2", "{\"trigger\":\"_/u\",\"action\":\"_/s\"}");

        String id = at(lines(guest.post("triggers/u", "{\"x\":1}")).getFirst(), "activationId");

        await().until(() -> guest.get("activations/" + id).status() == 200);
        Reply record = guest.get("activations/" + id);
        assertThat(record.at("name")).isEqualTo("s");
        assertThat(record.json().field("logs").orElseThrow().elements()).hasSize(2);
        assertThat(platform.invoker().received()).hasSize(2);
    }
}
