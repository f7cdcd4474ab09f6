package dev.whirl.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.controller.Http.Reply;
import dev.whirl.controller.TestPlatform.Options;
import dev.whirl.model.activation.ActivationResponse;
import dev.whirl.model.activation.ActivationResponse.Status;
import dev.whirl.model.message.Attempt;
import dev.whirl.model.message.Invocation;
import dev.whirl.store.memory.MemoryStores;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Activations that are tried until they succeed.
class RetryTest {
    private static final Options IMPATIENT = Options.STANDARD.withDrainTimeout(Duration.ofMillis(10));

    @Test
    void anAcceptedCallIsTriedUntilItSucceeds() {
        try (var platform = TestPlatform.start()) {
            Http guest = platform.asGuest();
            put(guest, "{\"attempts\":5,\"backoff\":\"1ms\"}");
            failUntil(platform, 3, Status.APPLICATION_ERROR);

            guest.post("actions/a", "{\"n\":1}");

            await().until(() ->
                    platform.stores().journal().unfinished(null, 100).isEmpty());
            assertThat(numbers(platform)).containsExactly(1, 2, 3);
            assertThat(platform.invoker().received())
                    .extracting(each -> each.arguments().toString())
                    .containsOnly("{\"n\":1}");
            for (Invocation each : platform.invoker().received()) {
                assertThat(guest.get("activations/" + each.id()).status()).isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"APPLICATION_ERROR", "DEVELOPER_ERROR", "WHISK_ERROR"})
    void whateverFailedTheLastFailureFiresTheDeadLetterTrigger(Status failure) {
        try (var platform = TestPlatform.start()) {
            Http guest = platform.asGuest();
            guest.put("triggers/lost", "{}");
            guest.putNodeAction("mourner");
            guest.put("rules/r", "{\"trigger\":\"_/lost\",\"action\":\"_/mourner\"}");
            put(guest, "{\"attempts\":2,\"backoff\":\"1ms\",\"deadLetter\":\"/_/lost\"}");
            failUntil(platform, 99, failure);

            guest.post("actions/a", "{\"n\":1}");

            await().until(() -> platform.invoker().received().size() == 3);
            Invocation told = platform.invoker().received().getLast();
            assertThat(told.action()).hasToString("guest/mourner");
            assertThat(told.arguments().toString())
                    .contains("\"action\":\"/guest/a\"")
                    .contains("\"attempts\":2")
                    .contains("\"lastActivationId\":\""
                            + platform.invoker().received().get(1).id() + "\"")
                    .contains("\"arguments\":{\"n\":1}")
                    .contains("\"result\":{\"error\":\"no\"}");
            await().until(() ->
                    platform.stores().journal().unfinished(null, 100).isEmpty());
        }
    }

    @Test
    void callersWhoWaitAreToldOfTheirFailureAtOnce() {
        try (var platform = TestPlatform.start()) {
            Http guest = platform.asGuest();
            put(guest, "{\"attempts\":5,\"backoff\":\"0ms\"}");
            failUntil(platform, 99, Status.APPLICATION_ERROR);

            assertThat(guest.post("actions/a?blocking=true", "{}").status()).isEqualTo(502);

            assertThat(platform.stores().journal().unfinished(null, 100)).isEmpty();
            assertThat(platform.invoker().received()).hasSize(1);
        }
    }

    @Test
    void anAttemptThatHadNotStartedInACrashIsRunOnceAndItsSuccessorOnlyIfItFails() {
        var stores = new MemoryStores();
        try (var before = TestPlatform.start(IMPATIENT, stores)) {
            put(before.asGuest(), "{\"attempts\":3,\"backoff\":\"1ms\"}");
            before.invoker().hold();
            before.asGuest().post("actions/a", "{}");
            assertThat(stores.journal().unfinished(null, 100)).hasSize(2);
        }

        try (var after = TestPlatform.start(IMPATIENT, stores)) {
            await().until(() -> stores.journal().unfinished(null, 100).isEmpty());

            assertThat(numbers(after)).containsExactly(1);
        }
    }

    @Test
    void anAttemptThatMayHaveStartedInACrashHasFailed() {
        var stores = new MemoryStores();
        Invocation started = crashedIn(stores, false);

        try (var after = TestPlatform.start(IMPATIENT, stores)) {
            await().until(() -> stores.journal().unfinished(null, 100).isEmpty());

            assertThat(numbers(after)).containsExactly(2);
            Reply lost = after.asGuest().get("activations/" + started.id());
            assertThat(lost.at("response.status")).isEqualTo("whisk internal error");
            assertThat(lost.at("response.result"))
                    .contains("The platform stopped while this attempt may have been running. The next one follows.");
            assertThat(lost.at("annotations")).contains("{\"key\":\"attempt\",\"value\":1}");
        }
    }

    @Test
    void aCrashBetweenAFailureAndTheNextAttemptNeitherLosesNorDoublesIt() {
        var stores = new MemoryStores();
        Invocation failed = crashedIn(stores, true);

        try (var after = TestPlatform.start(IMPATIENT, stores)) {
            failUntil(after, 3, Status.APPLICATION_ERROR);
            await().until(() -> stores.journal().unfinished(null, 100).isEmpty());

            assertThat(numbers(after)).containsExactly(2, 3);
            assertThat(after.invoker().received().getFirst().attempt())
                    .extracting(each -> Objects.requireNonNull(each).previous())
                    .isEqualTo(failed.id());
        }
    }

    @ParameterizedTest(name = "{0} is refused")
    @CsvSource(
            delimiter = '|',
            value = {
                "3|must be an object such as {\"attempts\":3,\"backoff\":\"500ms\"}.",
                "{\"attempts\":0}|needs attempts, a whole number from 1 to 10.",
                "{\"attempts\":11}|needs attempts, a whole number from 1 to 10.",
                "{\"backoff\":\"1s\"}|needs attempts, a whole number from 1 to 10.",
                "{\"attempts\":2,\"backoff\":500}|has a backoff that is no duration such as \"500ms\", \"2s\" or \"1m\".",
                "{\"attempts\":2,\"backoff\":\"61m\"}|has a backoff of more than 1h.",
                "{\"attempts\":2,\"retries\":1}|has an unknown field 'retries'; there are attempts, backoff and deadLetter.",
                "{\"attempts\":2,\"deadLetter\":\"t\"}|has a deadLetter that is no trigger such as \"/namespace/trigger\"."
            })
    void whatMakesNoSenseIsRefusedWhenTheActionIsWritten(String retry, String complaint) {
        try (var platform = TestPlatform.start()) {
            Reply refused = put(platform.asGuest(), retry);

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.error()).isEqualTo("The annotation 'retry' " + complaint);
        }
    }

    @Test
    void deadLettersGoNowhereElseAndSequencesAreNotTriedAgain() {
        try (var platform = TestPlatform.start()) {
            Http guest = platform.asGuest();

            assertThat(put(guest, "{\"attempts\":2,\"deadLetter\":\"/other/t\"}")
                            .error())
                    .isEqualTo("The deadLetter '/other/t' of the annotation 'retry' must be a trigger in the namespace"
                            + " 'guest'.");
            assertThat(put(guest, "{\"attempts\":2,\"deadLetter\":\"/guest/t\"}")
                            .status())
                    .isEqualTo(200);
            assertThat(guest.put(
                                    "actions/s",
                                    "{\"exec\":{\"kind\":\"sequence\",\"components\":[\"/_/a\"]},\"annotations\":"
                                            + "[{\"key\":\"retry\",\"value\":{\"attempts\":2}}]}")
                            .error())
                    .isEqualTo("Sequences and compositions are not tried again; put the annotation 'retry' on the"
                            + " actions that need it.");
        }
    }

    /// The first of two attempts was on an invoker when the server died.
    ///
    /// @param hasFailed whether its record was written, or it may have been running
    private static Invocation crashedIn(MemoryStores stores, boolean hasFailed) {
        try (var before = TestPlatform.start(IMPATIENT, stores)) {
            put(before.asGuest(), "{\"attempts\":3,\"backoff\":\"1ms\"}");
            before.invoker().hold();
            before.asGuest().post("actions/a", "{}");
            Invocation first = before.invoker().received().getFirst();
            if (hasFailed) {
                before.invoker().answerWith(Status.APPLICATION_ERROR, "{\"error\":\"no\"}");
                stores.activations().record(before.invoker().record(first, Instant.EPOCH, List.of()));
            } else {
                stores.journal().started(first.id());
            }
            return first;
        }
    }

    private static Reply put(Http guest, String retry) {
        return guest.put(
                "actions/a",
                "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"x\"},\"annotations\":[{\"key\":\"retry\",\"value\":"
                        + retry + "}]}");
    }

    /// Attempts before this one fail.
    private static void failUntil(TestPlatform platform, int number, Status failure) {
        platform.invoker().answerWith(invocation -> {
            Attempt attempt = invocation.attempt();
            boolean fails =
                    attempt == null ? invocation.action().name().value().equals("a") : attempt.number() < number;
            return fails
                    ? ActivationResponse.failure(failure, "no")
                    : ActivationResponse.success(invocation.arguments());
        });
    }

    private static List<Integer> numbers(TestPlatform platform) {
        return List.copyOf(platform.invoker().received()).stream()
                .map(each -> Objects.requireNonNull(each.attempt()).number())
                .toList();
    }
}
