package dev.whirl.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.controller.Http.Reply;
import dev.whirl.controller.TestPlatform.Options;
import dev.whirl.controller.api.ActionRules;
import dev.whirl.model.activation.ActivationResponse.Status;
import dev.whirl.model.activation.StorageLevel;
import dev.whirl.model.activation.StorageRules;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.limits.NamespaceLimits;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.secret.ParameterEncryption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Records that are kept or not, of what the controller itself records.
@Tag("R-139")
@Tag("I-50")
class StorageApiTest {
    private static final StorageRules FAILURES = new StorageRules(StorageLevel.FAILURES, StorageLevel.FAILURES, false);

    @Test
    void successesOfSequencesAndTriggersAreNotKeptWhereOnlyFailuresAre() {
        try (TestPlatform platform = start(FAILURES)) {
            Http guest = platform.asGuest();
            putComposites(guest);

            Reply sequence = guest.post("actions/s?blocking=true", "{}");
            Reply trigger = guest.post("triggers/t", "{}");

            assertThat(sequence.status()).isEqualTo(200);
            assertThat(guest.get("activations/" + sequence.at("activationId")).status())
                    .isEqualTo(404);
            assertThat(trigger.status()).isEqualTo(202);
            assertThat(guest.get("activations/" + trigger.at("activationId")).status())
                    .isEqualTo(404);
        }
    }

    @Test
    void failuresOfSequencesAreKeptWhereFailuresAre() {
        try (TestPlatform platform = start(FAILURES)) {
            Http guest = platform.asGuest();
            putComposites(guest);
            platform.invoker().answerWith(Status.APPLICATION_ERROR, "{\"error\":\"no\"}");

            Reply sequence = guest.post("actions/s?blocking=true", "{}");

            assertThat(sequence.status()).isEqualTo(502);
            assertThat(guest.get("activations/" + sequence.at("activationId")).status())
                    .isEqualTo(200);
        }
    }

    @Test
    @Tag("R-5")
    void extraLoggingKeepsTheRecordsOfSequencesAndTriggers() {
        try (TestPlatform platform = start(FAILURES)) {
            Http guest = platform.asGuest();
            putComposites(guest);
            limit(platform, new NamespaceLimits(null, 77, null, null, false));

            for (String each : List.of("actions/s?blocking=true", "triggers/t")) {
                Reply reply = guest.send("POST", each, "{}", Map.of("X-OW-EXTRA-LOGGING", "on"));

                assertThat(guest.get("activations/" + reply.at("activationId")).status())
                        .as(each)
                        .isEqualTo(200);
            }
            assertThat(platform.invoker().received())
                    .allSatisfy(
                            each -> assertThat(each.transaction().isTraced()).isTrue());
        }
    }

    @Test
    void aBlockingCallDoesNotLookForARecordThatIsNeverThere() throws Exception {
        try (TestPlatform platform = TestPlatform.start()) {
            limit(platform, new NamespaceLimits(null, 77, null, null, false));

            assertThat(waitWhileTheStoreHasTheRecord(platform).status()).isEqualTo(202);
        }
    }

    @Test
    @Tag("R-88")
    void aBlockingCallLooksForARecordThatMayBeThere() throws Exception {
        try (TestPlatform platform = TestPlatform.start()) {
            assertThat(waitWhileTheStoreHasTheRecord(platform).status()).isEqualTo(200);
        }
    }

    /// The result does not come, but the record is in the store before the time is over.
    private static Reply waitWhileTheStoreHasTheRecord(TestPlatform platform) throws Exception {
        Http guest = platform.asGuest();
        guest.putNodeAction("a");
        var held = platform.invoker().hold();
        try {
            var waiting = CompletableFuture.supplyAsync(() -> guest.post("actions/a?blocking=true&timeout=2000", "{}"));
            await().until(() -> !platform.invoker().received().isEmpty());
            Invocation sent = platform.invoker().received().getFirst();
            platform.stores().activations().record(platform.invoker().record(sent, Instant.now(), List.of()));
            return waiting.get();
        } finally {
            held.countDown();
        }
    }

    private static void putComposites(Http guest) {
        guest.putNodeAction("a");
        guest.put("actions/s", "{\"exec\":{\"kind\":\"sequence\",\"components\":[\"/_/a\"]}}");
        guest.put("triggers/t", "{}");
        guest.put("rules/r", "{\"trigger\":\"_/t\",\"action\":\"_/a\"}");
    }

    private static TestPlatform start(StorageRules records) {
        return TestPlatform.start(
                Options.STANDARD.withRules(new ActionRules(ParameterEncryption.OFF, Set.of(), true, records)));
    }

    private static void limit(TestPlatform platform, NamespaceLimits limits) {
        platform.stores().subjects().putLimits(new NamespaceName("guest"), limits);
        await().until(() -> platform.asGuest()
                .get("limits")
                .at("concurrentInvocations")
                .equals(String.valueOf(limits.concurrentInvocations())));
    }
}
