package dev.whirl.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.common.units.ByteSize;
import dev.whirl.controller.Http.Reply;
import dev.whirl.controller.TestPlatform.Options;
import dev.whirl.controller.api.ActionRules;
import dev.whirl.model.activation.ActivationResponse;
import dev.whirl.model.activation.StorageRules;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.limits.ActionBounds;
import dev.whirl.model.limits.Bounds;
import dev.whirl.model.limits.NamespaceLimits;
import dev.whirl.model.secret.ParameterEncryption;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What was set for a namespace, as its callers meet it.
@Tag("R-156")
class NamespaceLimitsApiTest {
    private static final String CODE = "\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"x\"}";
    private TestPlatform platform = TestPlatform.start();
    private Http guest = platform.asGuest();

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    @Tag("R-155")
    void limitsShowsWhatCountsCappedByTheSystems() {
        ActionBounds bounds = new ActionBounds(
                new Bounds<>(ByteSize.mebibytes(1), ByteSize.mebibytes(256)),
                new Bounds<>(ByteSize.mebibytes(1), ByteSize.mebibytes(5)),
                new Bounds<>(Duration.ofSeconds(1), Duration.ofHours(1)),
                new Bounds<>(1, 7),
                new ActionBounds.Sizes(ByteSize.bytes(100), ByteSize.bytes(200), ByteSize.bytes(50)),
                new ActionBounds.Instances(3, null, null));

        limit(new NamespaceLimits(null, 9, null, null, null, bounds));

        assertThat(guest.get("limits").body())
                .isEqualTo("{\"invocationsPerMinute\":60000,\"concurrentInvocations\":9,\"firesPerMinute\":60000,"
                        + "\"minActionMemory\":128,\"maxActionMemory\":256,\"minActionLogs\":1,\"maxActionLogs\":5,"
                        + "\"minActionTimeout\":1000,\"maxActionTimeout\":300000,\"minActionConcurrency\":1,"
                        + "\"maxActionConcurrency\":7,\"maxParameterSize\":\"100 B\",\"maxPayloadSize\":\"200 B\","
                        + "\"truncationSize\":\"50 B\",\"maxActionInstances\":3}");
    }

    @Test
    @Tag("R-64")
    void anActionMustLieWithinTheNamespacesBounds() {
        limit(sized(ActionBounds.Sizes.NONE));

        Reply tooLarge = guest.put("actions/a", "{" + CODE + ",\"limits\":{\"memory\":256}}");
        Reply tooSlow = guest.put("actions/a", "{" + CODE + ",\"limits\":{\"timeout\":60000}}");
        Reply tooMany = guest.put("actions/a", "{" + CODE + ",\"limits\":{\"instances\":8}}");
        Reply standard = guest.put("actions/a", "{" + CODE + "}");

        assertThat(tooLarge.status()).isEqualTo(400);
        assertThat(tooLarge.error()).isEqualTo("memory size 256 MB exceeds allowed threshold of 192 MB");
        assertThat(tooSlow.error())
                .isEqualTo("duration 60000 milliseconds exceeds allowed threshold of 30000 milliseconds");
        assertThat(tooMany.error())
                .isEqualTo("Max action instance concurrency must not exceed your namespace concurrency of 7.");
        assertThat(standard.at("limits")).isEqualTo("{\"timeout\":30000,\"memory\":192,\"logs\":10,\"concurrency\":1}");
    }

    @Test
    @Tag("R-68")
    void parametersMustNotBeLargerThanTheNamespaceMayHave() {
        limit(sized(new ActionBounds.Sizes(ByteSize.bytes(20), null, null)));
        String parameters = "\"parameters\":[{\"key\":\"k\",\"value\":\"" + "x".repeat(18) + "\"}]";

        for (Reply each : new Reply[] {
            guest.put("actions/a", "{" + CODE + "," + parameters + "}"),
            guest.put("packages/p", "{" + parameters + "}"),
            guest.put("triggers/t", "{" + parameters + "}")
        }) {
            assertThat(each.status()).isEqualTo(413);
            assertThat(each.error()).isEqualTo("parameters larger than allowed: 21 > 20 bytes.");
        }
    }

    @Test
    @Tag("R-84")
    void aPayloadMustNotBeLargerThanTheNamespaceMaySend() {
        limit(sized(new ActionBounds.Sizes(null, ByteSize.bytes(30), null)));
        guest.put("actions/a", "{" + CODE + ",\"annotations\":[{\"key\":\"web-export\",\"value\":true}]}");
        guest.put("triggers/t", "{}");
        String payload = "{\"x\":\"" + "x".repeat(30) + "\"}";

        for (String each : new String[] {"actions/a", "triggers/t"}) {
            Reply refused = guest.post(each, payload);

            assertThat(refused.status()).as(each).isEqualTo(413);
            assertThat(refused.error()).isEqualTo("Request larger than allowed: 38 > 30 bytes.");
        }
        assertThat(guest.post("/api/v1/web/guest/default/a.json", payload).status())
                .isEqualTo(413);
        assertThat(guest.post("actions/a", "{\"x\":1}").status()).isEqualTo(202);
    }

    @Test
    @Tag("R-70")
    void aKindThatIsNotAllowedAnyMoreCantBeInvokedByAnyWay() {
        guest.put("actions/a", "{" + CODE + ",\"annotations\":[{\"key\":\"web-export\",\"value\":true}]}");
        guest.put("triggers/t", "{}");
        guest.put("rules/r", "{\"trigger\":\"_/t\",\"action\":\"_/a\"}");
        guest.put("actions/s", "{\"exec\":{\"kind\":\"sequence\",\"components\":[\"/_/a\"]}}");

        limit(new NamespaceLimits(null, null, null, Set.of("java:25", "sequence"), null));

        String sentence = "The supplied authentication is not authorized to access actions of kind 'nodejs:20'.";
        assertThat(guest.post("actions/a", "{}").error()).isEqualTo(sentence);
        assertThat(guest.post("/api/v1/web/guest/default/a.json", "{}").status())
                .isEqualTo(403);
        assertThat(guest.put("actions/a?overwrite=true", "{}").error()).isEqualTo(sentence);
        Reply fired = guest.post("triggers/t", "{}");
        assertThat(guest.get("activations/" + fired.at("activationId")).body()).contains("kind 'nodejs:20'");
        Reply sequence = guest.post("actions/s?blocking=true", "{}");
        assertThat(sequence.status()).isEqualTo(403);
        assertThat(sequence.error()).isEqualTo(sentence);
        assertThat(platform.invoker().received()).isEmpty();
        assertThat(guest.get("actions/a").status()).isEqualTo(200);
        assertThat(guest.delete("rules/r").status()).isEqualTo(200);
        assertThat(guest.delete("actions/a").status()).isEqualTo(200);
    }

    @Test
    @Tag("R-70")
    @Tag("R-182")
    void aConductorGetsNoActionOfAKindThatIsNotAllowed() {
        guest.put("actions/a", "{" + CODE + "}");
        guest.put(
                "actions/c",
                "{\"exec\":{\"kind\":\"java:25\",\"code\":\"x\",\"main\":\"M\"},\"annotations\":[{\"key\":\"conductor\",\"value\":true}]}");
        limit(new NamespaceLimits(null, null, null, Set.of("java:25"), null));
        platform.invoker()
                .answerWith(call -> ActivationResponse.success(
                        call.arguments().hasField("error")
                                ? call.arguments()
                                : TestPlatform.json("{\"action\":\"a\"}")));

        Reply reply = guest.post("actions/c?blocking=true&result=true", "{}");

        assertThat(reply.body())
                .isEqualTo(
                        "{\"error\":\"Failed entitlement check for action with name 'guest/a' during composition.\"}");
        assertThat(platform.invoker().received())
                .allMatch(each -> each.action().name().value().equals("c"));
    }

    @Test
    @Tag("R-70")
    void theOperatorMayAllowKindsToAllAndMoreToSome() {
        platform.close();
        var rules = new ActionRules(ParameterEncryption.OFF, Set.of("java:25"), true, StorageRules.ALL);
        platform = TestPlatform.start(Options.STANDARD.withRules(rules));
        guest = platform.asGuest();
        String java = "{\"exec\":{\"kind\":\"java:25\",\"code\":\"x\",\"main\":\"Main\"}}";

        assertThat(guest.put("actions/j", java).status()).isEqualTo(200);
        assertThat(guest.putNodeAction("n").status()).isEqualTo(403);
        limit(new NamespaceLimits(null, null, null, Set.of("nodejs:20"), null));

        assertThat(guest.putNodeAction("n").status()).isEqualTo(200);
        assertThat(guest.put("actions/j?overwrite=true", java).status()).isEqualTo(200);
        assertThat(guest.put("actions/s", "{\"exec\":{\"kind\":\"sequence\",\"components\":[\"/_/n\"]}}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    @Tag("R-66")
    @Tag("trap-8")
    void theApiKeyIsWithheldFromNewActionsUnlessTheOperatorSaysOtherwise() {
        platform.close();
        var rules = new ActionRules(ParameterEncryption.OFF, Set.of(), false, StorageRules.ALL);
        platform = TestPlatform.start(Options.STANDARD.withRules(rules));
        guest = platform.asGuest();

        assertThat(guest.putNodeAction("a").at("annotations"))
                .isEqualTo("[{\"key\":\"exec\",\"value\":\"nodejs:20\"}]");
    }

    private static NamespaceLimits sized(ActionBounds.Sizes sizes) {
        return new NamespaceLimits(
                null,
                7,
                null,
                null,
                null,
                new ActionBounds(
                        new Bounds<>(null, ByteSize.mebibytes(192)),
                        Bounds.none(),
                        new Bounds<>(null, Duration.ofSeconds(30)),
                        Bounds.none(),
                        sizes,
                        ActionBounds.Instances.NONE));
    }

    private void limit(NamespaceLimits limits) {
        String before = guest.get("limits").body();
        platform.stores().subjects().putLimits(new NamespaceName("guest"), limits);
        await().until(() -> !guest.get("limits").body().equals(before));
    }
}
