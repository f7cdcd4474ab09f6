package dev.whirl.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.controller.Http.Reply;
import dev.whirl.model.ActivationMessages;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationResponse.Status;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.message.Invocation;
import dev.whirl.store.InvocationJournal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Invoking over HTTP, with an invoker that answers as told.
class InvokeApiTest {
    private TestPlatform platform;
    private Http guest;

    @BeforeEach
    void start() {
        platform = TestPlatform.start();
        guest = platform.asGuest();
        guest.putNodeAction("echo");
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    @Tag("R-80")
    @Tag("R-10")
    void aNonBlockingCallIsAcceptedWithItsId() {
        Reply reply = guest.post("actions/echo", "{\"a\":1}");

        assertThat(reply.status()).isEqualTo(202);
        String id = reply.at("activationId");
        assertThat(reply.body()).isEqualTo("{\"activationId\":\"" + id + "\"}");
        assertThat(reply.headers()).containsEntry("x-openwhisk-activation-id", id);
        Invocation sent = platform.invoker().received().getFirst();
        assertThat(sent.id()).isEqualTo(new ActivationId(id));
        assertThat(sent.isAccepted()).isTrue();
        assertThat(sent.isBlocking()).isFalse();
        assertThat(sent.arguments()).hasToString("{\"a\":1}");
        assertThat(guest.get("activations/" + id).at("response.result")).isEqualTo("{\"a\":1}");
    }

    @Test
    @Tag("R-80")
    void whatIsAcceptedIsInTheJournalUntilItHasARecord() {
        var held = platform.invoker().hold();

        Reply reply = guest.post("actions/echo", "{}");

        InvocationJournal journal = platform.stores().journal();
        assertThat(reply.status()).isEqualTo(202);
        assertThat(journal.unfinished(null, 100))
                .singleElement()
                .satisfies(each -> assertThat(each.invocation().id().value()).isEqualTo(reply.at("activationId")));
        held.countDown();
        await().until(() -> journal.unfinished(null, 100).isEmpty());
    }

    @Test
    @Tag("R-82")
    @Tag("R-131")
    @Tag("R-27")
    void aBlockingCallReturnsTheRecordWithoutLogs() {
        Reply reply = guest.post("actions/echo?blocking=true", "{\"a\":[1,2]}");

        assertThat(reply.status()).isEqualTo(200);
        String id = reply.at("activationId");
        assertThat(reply.headers()).containsEntry("x-openwhisk-activation-id", id);
        assertThat(reply.body().replaceAll("\"start\":\\d+", "\"start\":1").replaceAll("\"end\":\\d+", "\"end\":8"))
                .isEqualTo(
                        "{\"namespace\":\"guest\",\"name\":\"echo\",\"version\":\"0.0.1\",\"subject\":\"guest\","
                                + "\"activationId\":\"" + id + "\",\"start\":1,\"end\":8,\"duration\":7,"
                                + "\"response\":{\"status\":\"success\",\"success\":true,\"result\":{\"a\":[1,2]},\"size\":11},"
                                + "\"logs\":[],\"annotations\":[{\"key\":\"path\",\"value\":\"guest/echo\"}],\"publish\":false}");
        assertThat(guest.get("activations/" + id).at("logs.0")).contains("stdout: hi");
    }

    @ParameterizedTest
    @Tag("R-82")
    @CsvSource({
        "SUCCESS, 200, success",
        "APPLICATION_ERROR, 502, application error",
        "DEVELOPER_ERROR, 502, action developer error",
        "WHISK_ERROR, 500, whisk internal error"
    })
    void theStatusTellsHowTheActivationEnded(Status status, int code, String text) {
        platform.invoker().answerWith(status, "{\"error\":\"x\"}");

        Reply record = guest.post("actions/echo?blocking=true", "{}");
        Reply result = guest.post("actions/echo?blocking=true&result=true", "{}");

        assertThat(record.status()).isEqualTo(code);
        assertThat(record.at("response.status")).isEqualTo(text);
        assertThat(record.at("response.statusCode")).isEqualTo("null");
        assertThat(result.status()).isEqualTo(code);
        assertThat(result.body()).isEqualTo("{\"error\":\"x\"}");
    }

    @Test
    @Tag("R-85")
    @Tag("attack-43")
    void whoseInvokerWasLostMayCallAgain() {
        platform.invoker().answerWith(Status.WHISK_ERROR, "{\"error\":\"" + ActivationMessages.LOST_IN_CRASH + "\"}");
        guest.put(
                "actions/page",
                "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"x\"},"
                        + "\"annotations\":[{\"key\":\"web-export\",\"value\":true}]}");

        assertThat(guest.post("actions/echo?blocking=true", "{}").status()).isEqualTo(503);
        assertThat(guest.get("/api/v1/web/guest/default/page.json").status()).isEqualTo(503);
    }

    @Test
    @Tag("R-82")
    void anArrayIsReturnedAloneAndResultAloneDoesNothing() {
        platform.invoker().answerWith(Status.SUCCESS, "[1,2]");

        assertThat(guest.post("actions/echo?blocking=true", "{}").body()).isEqualTo("[1,2]");
        assertThat(guest.post("actions/echo?result=true", "{}").status()).isEqualTo(202);
    }

    @Test
    @Tag("R-82")
    @Tag("R-81")
    @Tag("R-88")
    void aCallThatOutlastsTheWaitIsAccepted() {
        var held = platform.invoker().hold();

        Reply reply = guest.post("actions/echo?blocking=true&timeout=50", "{}");

        assertThat(reply.status()).isEqualTo(202);
        String id = reply.at("activationId");
        assertThat(reply.headers()).containsEntry("x-openwhisk-activation-id", id);
        assertThat(platform.stores().journal().unfinished(null, 100))
                .singleElement()
                .satisfies(each -> assertThat(each.mayHaveStarted()).isTrue());
        assertThat(guest.get("activations/" + id).status()).isEqualTo(404);
        held.countDown();
        await().until(() -> guest.get("activations/" + id).status() == 200);
        assertThat(platform.stores().journal().unfinished(null, 100)).isEmpty();
    }

    @Test
    @Tag("R-88")
    void aResultThatWasLostOnItsWayIsFoundInTheStore() {
        var held = platform.invoker().hold();
        var replies = new java.util.concurrent.LinkedBlockingQueue<Reply>();
        Thread.startVirtualThread(() -> replies.add(guest.post("actions/echo?blocking=true&timeout=300", "{}")));
        await().until(() -> !platform.invoker().received().isEmpty());

        Invocation sent = platform.invoker().received().getFirst();
        platform.stores()
                .activations()
                .record(platform.invoker().record(sent, java.time.Instant.now(), java.util.List.of()));

        await().until(() -> !replies.isEmpty());
        assertThat(replies.element().status()).isEqualTo(200);
        held.countDown();
    }

    @ParameterizedTest
    @Tag("R-81")
    @ValueSource(strings = {"0", "-1", "60001", "x", "1.5", "99999999999999999999"})
    void aBadTimeoutIsRefused(String timeout) {
        Reply reply = guest.post("actions/echo?blocking=true&timeout=" + timeout, "{}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error())
                .isEqualTo("The query parameter 'timeout' was malformed:\n"
                        + "Timeout must be number of milliseconds up to 60000.");
        assertThat(platform.invoker().received()).isEmpty();
    }

    @Test
    @Tag("R-83")
    @Tag("R-14")
    void argumentsAreTheActionsParametersOverriddenByThePayload() {
        guest.put(
                "actions/echo?overwrite=true",
                "{\"parameters\":[{\"key\":\"a\",\"value\":1},{\"key\":\"b\",\"value\":2},"
                        + "{\"key\":\"s\",\"value\":3,\"init\":true},{\"key\":\"n\",\"value\":null}]}");

        Reply reply = guest.post("actions/echo?blocking=true&result=true", "{\"b\":20,\"c\":30}");

        assertThat(reply.body()).isEqualTo("{\"a\":1,\"b\":20,\"s\":3,\"n\":null,\"c\":30}");
        assertThat(platform.invoker().received().getLast().initArguments()).containsExactly("s");
    }

    @Test
    @Tag("R-83")
    @Tag("attack-33")
    void parametersOfAFinalActionCanNotBeOverridden() {
        guest.put(
                "actions/echo?overwrite=true",
                "{\"parameters\":[{\"key\":\"a\",\"value\":1},{\"key\":\"n\",\"value\":null}],"
                        + "\"annotations\":[{\"key\":\"final\",\"value\":true}]}");

        Reply refused = guest.post("actions/echo?blocking=true", "{\"a\":2}");
        Reply taken = guest.post("actions/echo?blocking=true&result=true", "{\"n\":2}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error())
                .isEqualTo("Request defines parameters that are not allowed (e.g., reserved properties).");
        assertThat(taken.body()).isEqualTo("{\"a\":1,\"n\":2}");
    }

    @Test
    @Tag("R-80")
    @Tag("R-8")
    void thePayloadIsAnObjectOrNothing() {
        assertThat(guest.post("actions/echo?blocking=true&result=true", "").body())
                .isEqualTo("{}");
        for (String body : new String[] {"[1]", "\"x\"", "1", "null", "{", "{}x"}) {
            Reply reply = guest.post("actions/echo?blocking=true", body);

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.error()).startsWith("The request content was malformed:\n");
        }
        assertThat(platform.invoker().received()).hasSize(1);
    }

    @Test
    @Tag("R-84")
    void alargePayloadIsRefused() {
        Reply reply = guest.post("actions/echo", "{\"a\":\"" + "x".repeat(1024 * 1024) + "\"}");

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.error()).isEqualTo("Request larger than allowed: 1048584 > 1048576 bytes.");
        assertThat(guest.post("actions/echo", "{\"a\":\"" + "x".repeat(1024 * 1024 - 8) + "\"}")
                        .status())
                .isEqualTo(202);
    }

    @Test
    @Tag("R-86")
    void aMissingActionIsNotFound() {
        Reply reply = guest.post("actions/nothing?blocking=true", "{}");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.error()).isEqualTo("The requested resource does not exist.");
        assertThat(reply.headers()).doesNotContainKey("x-openwhisk-activation-id");
    }

    @Test
    @Tag("R-85")
    void withoutAnyInvokerACallIsRefusedAfterAMoment() {
        platform.invoker().beat(true);

        Reply reply = guest.post("actions/echo", "{}");

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.error())
                .isEqualTo("The server is currently unavailable: no invoker takes work (invoker0 is down,"
                        + " it drains or was disabled: it says that it takes no work).");
        assertThat(platform.stores().journal().unfinished(null, 100)).isEmpty();
        platform.invoker().beat(false);
        assertThat(guest.post("actions/echo", "{}").status()).isEqualTo(202);
    }

    @Test
    @Tag("R-85")
    void aCallWaitsForAnInvokerThatComesInTime() {
        platform.invoker().beat(true);
        var replies = new java.util.concurrent.LinkedBlockingQueue<Reply>();
        Thread.startVirtualThread(() -> replies.add(guest.post("actions/echo?blocking=true", "{}")));
        await().until(() ->
                platform.meters().get("whirl_admission_queue").gauge().value() > 0);

        platform.invoker().beat(false);

        await().until(() -> !replies.isEmpty());
        assertThat(replies.element().status()).isEqualTo(200);
    }

    @Test
    @Tag("R-85")
    void whatTheBusDoesNotTakeIsRefusedAndLeavesNoTrace() {
        platform.invoker().close();

        assertThat(guest.post("actions/echo?blocking=true", "{}").status()).isEqualTo(503);
        Reply accepted = guest.post("actions/echo", "{}");

        assertThat(accepted.status()).isEqualTo(503);
        assertThat(platform.stores().journal().unfinished(null, 100)).isEmpty();
        assertThat(platform.meters().get("whirl_in_flight").gauge().value()).isZero();
    }

    @Test
    @Tag("R-87")
    void theInvocationCarriesWhoCalls() {
        guest.post("actions/echo", "{}");

        Invocation sent = platform.invoker().received().getFirst();
        assertThat(sent.caller().namespace().name()).isEqualTo(new NamespaceName("guest"));
        assertThat(sent.action()).hasToString("guest/echo");
        assertThat(sent.cause()).isNull();
    }

    @Test
    @Tag("R-65")
    void aChangedActionCountsFromTheNextCallOn() {
        guest.post("actions/echo", "{}");
        guest.put("actions/echo?overwrite=true", "{\"parameters\":[{\"key\":\"a\",\"value\":1}]}");

        assertThat(guest.post("actions/echo?blocking=true&result=true", "{}").body())
                .isEqualTo("{\"a\":1}");
        guest.delete("actions/echo");
        assertThat(guest.post("actions/echo", "{}").status()).isEqualTo(404);
    }
}
