package dev.whirl.controller.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.controller.Http;
import dev.whirl.controller.Http.Reply;
import dev.whirl.controller.TestPlatform;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.Exec;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.limits.NamespaceLimits;
import dev.whirl.model.message.Invocation;
import dev.whirl.store.ConflictException;
import dev.whirl.store.Entities;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Running sequences.
class SequencesTest {
    private TestPlatform platform;
    private Http guest;

    @BeforeEach
    void start() {
        platform = TestPlatform.start();
        guest = platform.asGuest();
        for (String each : List.of("a", "b", "c")) {
            guest.putNodeAction(each);
        }
        Composites.script(platform, Map.of("a", in -> "{\"from\":\"a\",\"in\":" + in + "}", "b", in -> "[1,2]"));
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    @Tag("R-180")
    void theResultOfEachIsThePayloadOfTheNext() {
        guest.put("actions/c?overwrite=true", "{\"parameters\":[{\"key\":\"p\",\"value\":1}]}");
        Composites.putSequence(guest, "s", "/_/a", "/_/c");

        Reply reply = guest.post("actions/s?blocking=true&result=true", "{\"x\":1}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("{\"p\":1,\"from\":\"a\",\"in\":{\"x\":1}}");
    }

    @Test
    @Tag("R-180")
    @Tag("R-82")
    void anArrayGoesFromStepToStep() {
        guest.put("actions/c?overwrite=true", "{\"parameters\":[{\"key\":\"p\",\"value\":1}]}");
        Composites.putSequence(guest, "s", "/_/b", "/_/c");

        assertThat(guest.post("actions/s?blocking=true", "{}").body()).isEqualTo("[1,2]");
    }

    @Test
    @Tag("R-136")
    @Tag("R-131")
    @Tag("R-132")
    @Tag("R-135")
    @Tag("trap-13")
    void theRecordNamesTheStepsAndSumsUpTheirTime() {
        guest.put("actions/b?overwrite=true", "{\"limits\":{\"memory\":512}}");
        Composites.putSequence(guest, "s", "/_/a", "/_/b");

        Reply blocking = guest.post("actions/s?blocking=true", "{}");
        Composites.script(platform, Map.of());
        Reply reply = guest.post("actions/s?blocking=true", "{}");

        assertThat(blocking.body()).isEqualTo("[1,2]");
        Reply record = guest.get("activations/" + reply.at("activationId"));
        List<Invocation> sent = platform.invoker().received();
        assertThat(record.at("logs"))
                .isEqualTo("[\"%s\",\"%s\"]"
                        .formatted(sent.get(2).id(), sent.get(3).id()));
        assertThat(reply.at("logs")).isEqualTo("[]");
        assertThat(record.at("duration")).isEqualTo("14");
        assertThat(record.at("cause")).isEqualTo("null");
        assertThat(record.at("name")).isEqualTo("s");
        assertThat(record.at("response"))
                .isEqualTo("{\"status\":\"success\",\"success\":true,\"result\":{},\"size\":2}");
        assertThat(Composites.annotation(record, "topmost")).isEqualTo("true");
        assertThat(Composites.annotation(record, "kind")).isEqualTo("\"sequence\"");
        assertThat(Composites.annotation(record, "path")).isEqualTo("\"guest/s\"");
        assertThat(Composites.annotation(record, "causedBy")).isEqualTo("none");
        assertThat(Composites.annotation(record, "initTime")).isEqualTo("none");
        assertThat(Composites.annotation(record, "waitTime")).matches("\\d+");
        assertThat(Composites.annotation(record, "limits"))
                .isEqualTo("{\"timeout\":60000,\"memory\":512,\"logs\":10,\"concurrency\":1}");
        assertThat(sent).allSatisfy(each -> assertThat(each.cause()).isNotNull());
        assertThat(guest.get("activations?name=s").at("0.duration")).isEqualTo("14");
        assertThat(guest.get("activations/" + sent.getLast().id()).at("cause")).isEqualTo(reply.at("activationId"));
    }

    @Test
    @Tag("R-136")
    @Tag("R-131")
    @Tag("trap-13")
    void aSequenceInsideOfAnotherHasARecordThatNamesTheOuterOne() {
        Composites.putSequence(guest, "inner", "/_/c", "/_/c");
        Composites.putSequence(guest, "outer", "/_/c", "/_/inner");

        Reply reply = guest.post("actions/outer?blocking=true", "{\"x\":1}");

        Reply outer = guest.get("activations/" + reply.at("activationId"));
        Reply inner = guest.get("activations/" + outer.at("logs.1"));
        assertThat(outer.at("response.result")).isEqualTo("{\"x\":1}");
        assertThat(outer.at("duration")).isEqualTo("21");
        assertThat(inner.at("name")).isEqualTo("inner");
        assertThat(inner.at("duration")).isEqualTo("14");
        assertThat(inner.at("cause")).isEqualTo(outer.at("activationId"));
        assertThat(Composites.annotation(inner, "topmost")).isEqualTo("false");
        assertThat(Composites.annotation(inner, "causedBy")).isEqualTo("\"sequence\"");
        assertThat(platform.invoker().received().getLast().cause()).hasToString(inner.at("activationId"));
    }

    @Test
    @Tag("R-180")
    void anErrorEndsTheSequence() {
        Composites.script(platform, Map.of("b", in -> "{\"error\":\"no\"}"));
        Composites.putSequence(guest, "s", "/_/a", "/_/b", "/_/c");

        Reply reply = guest.post("actions/s?blocking=true", "{}");

        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.at("response.status")).isEqualTo("application error");
        assertThat(reply.at("response.result")).isEqualTo("{\"error\":\"no\"}");
        assertThat(Composites.called(platform)).containsExactly("a", "b");
    }

    @Test
    @Tag("R-180")
    void aComponentThatIsGoneIsFoundOutWhenItsTurnComes() {
        Composites.putSequence(guest, "s", "/_/a", "/_/b");
        guest.delete("actions/b");

        Reply reply = guest.post("actions/s?blocking=true", "{}");

        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.at("response.result.error")).isEqualTo("Sequence component does not exist.");
        assertThat(Composites.called(platform)).containsExactly("a");
    }

    @Test
    @Tag("R-180")
    void aStepThatNoInvokerTakesIsThePlatformsFault() {
        Composites.putSequence(guest, "s", "/_/a");
        platform.invoker().beat(true);

        Reply reply = guest.post("actions/s?blocking=true", "{}");

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.at("response.status")).isEqualTo("whisk internal error");
        assertThat(reply.at("response.result.error")).isEqualTo("Sequence failed.");
        assertThat(platform.meters().get("whirl_compositions_running").gauge().value())
                .isZero();
    }

    @Test
    @Tag("R-180")
    @Tag("R-80")
    void aCallThatDoesNotWaitIsAcceptedWithTheSequencesId() {
        Composites.putSequence(guest, "s", "/_/a", "/_/c");

        Reply reply = guest.post("actions/s", "{}");

        assertThat(reply.status()).isEqualTo(202);
        String id = reply.at("activationId");
        await().until(() -> guest.get("activations/" + id).status() == 200);
        assertThat(guest.get("activations/" + id).at("response.result.from")).isEqualTo("a");
        assertThat(platform.stores().journal().unfinished(null, 10)).isEmpty();
    }

    @Test
    @Tag("R-82")
    @Tag("R-180")
    void aSequenceThatOutlastsTheWaitIsAcceptedAndGoesOn() {
        Composites.putSequence(guest, "s", "/_/a", "/_/c");
        var held = platform.invoker().hold();

        Reply reply = guest.post("actions/s?blocking=true&timeout=50", "{}");

        assertThat(reply.status()).isEqualTo(202);
        String id = reply.at("activationId");
        assertThat(platform.stores().journal().unfinished(null, 10))
                .singleElement()
                .satisfies(each -> assertThat(each.mayHaveStarted()).isTrue())
                .satisfies(each -> assertThat(each.invocation().id()).hasToString(id));
        held.countDown();
        await().until(() -> guest.get("activations/" + id).status() == 200);
        assertThat(guest.get("activations/" + id).at("response.result.from")).isEqualTo("a");
        assertThat(Composites.called(platform)).containsExactly("a", "c");
        assertThat(platform.stores().journal().unfinished(null, 10)).isEmpty();
        await().until(() ->
                platform.meters().get("whirl_compositions_running").gauge().value() == 0);
    }

    @Test
    @Tag("trap-16")
    @Tag("R-153")
    void stepsAreNotThrottledAndTheSequenceItselfHasNoSlot() {
        Composites.putSequence(guest, "s", "/_/a", "/_/c", "/_/c");
        limit(new NamespaceLimits(2, 1, null, null, null));

        Reply blocking = guest.post("actions/s?blocking=true", "{}");
        Reply second = guest.post("actions/s?blocking=true", "{}");
        Reply third = guest.post("actions/s?blocking=true", "{}");

        assertThat(blocking.status()).isEqualTo(200);
        assertThat(second.status()).isEqualTo(200);
        assertThat(third.status()).isEqualTo(429);
    }

    @Test
    @Tag("trap-16")
    void aRunningStepCountsAsInFlight() {
        Composites.putSequence(guest, "s", "/_/a");
        limit(new NamespaceLimits(null, 1, null, null, null));
        var held = platform.invoker().hold();
        guest.post("actions/s", "{}");
        await().until(() -> !platform.invoker().received().isEmpty());

        Reply refused = guest.post("actions/a", "{}");

        assertThat(refused.error()).isEqualTo("Too many concurrent requests in flight (count: 1, allowed: 1).");
        held.countDown();
        await().until(() -> guest.post("actions/a", "{}").status() == 202);
    }

    @Test
    @Tag("R-180")
    void theNextStepsSandboxIsPreparedWhileTheFirstRuns() {
        Composites.putSequence(guest, "s", "/_/a", "/_/a", "/_/c");

        guest.post("actions/s?blocking=true", "{}");

        await().until(() -> !platform.invoker().hints().isEmpty());
        assertThat(platform.invoker().hints())
                .extracting(each -> each.action().toString())
                .containsExactly("guest/c");
    }

    /// Credentials are kept for a moment.
    private void limit(NamespaceLimits limits) {
        String before = guest.get("limits").body();
        platform.stores().subjects().putLimits(new NamespaceName("guest"), limits);
        await().until(() -> !guest.get("limits").body().equals(before));
    }

    /// No PUT lets this in, but a binding that is changed later can lead to it.
    @Test
    @Tag("R-180")
    @Tag("attack-28")
    void aSequenceThatGoesInCirclesEnds() throws ConflictException {
        Composites.putSequence(guest, "empty", "/_/a");
        Composites.putSequence(guest, "busy", "/_/a");
        become("empty", List.of("empty"));
        become("busy", List.of("a", "busy"));

        Reply empty = guest.post("actions/empty?blocking=true", "{}");
        Reply busy = guest.post("actions/busy?blocking=true", "{}");

        assertThat(empty.status()).isEqualTo(502);
        assertThat(empty.at("response.result.error")).isEqualTo("Too many actions in the sequence.");
        assertThat(busy.status()).isEqualTo(502);
        assertThat(busy.at("response.result.error")).isEqualTo("Too many actions in the sequence.");
        assertThat(Composites.called(platform)).hasSize(50);
    }

    private void become(String name, List<String> components) throws ConflictException {
        var guestName = new NamespaceName("guest");
        Entities.Stored stored = platform.stores()
                .entities()
                .find(EntityId.of(guestName, new EntityName(name)))
                .orElseThrow();
        Action old = (Action) stored.entity();
        var exec = new Exec.Sequence(components.stream()
                .map(each -> EntityId.of(guestName, new EntityName(each)))
                .toList());
        platform.stores()
                .entities()
                .put(
                        new Action(
                                old.id(),
                                exec,
                                old.parameters(),
                                old.limits(),
                                old.version(),
                                old.annotations(),
                                old.updated()),
                        stored.revision());
    }

    @Test
    @Tag("R-139")
    void aNamespaceThatKeepsNoRecordsKeepsNoneOfSequences() {
        Composites.putSequence(guest, "s", "/_/a");
        limit(new NamespaceLimits(null, null, null, null, false));

        String id = guest.post("actions/s", "{}").at("activationId");

        await().until(() -> platform.stores().journal().unfinished(null, 10).isEmpty());
        assertThat(guest.get("activations/" + id).status()).isEqualTo(404);
    }
}
