package dev.whirl.invoker;

import static dev.whirl.invoker.Samples.NOON;
import static dev.whirl.invoker.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.invoker.run.Execution;
import dev.whirl.model.Messages;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationResponse;
import dev.whirl.model.activation.ActivationResponse.Status;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.ActionLimits;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.RetryPolicy;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.message.Attempt;
import dev.whirl.model.message.Invocation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RecordsTest {
    private static final Instant START = NOON.plusMillis(40).plusNanos(900_000);

    private final Invocation call = Samples.call("hello", "1", "{}");
    private final Action action = Samples.action("hello");

    @Test
    @Tag("R-131")
    @Tag("R-87")
    void aRecordBelongsToTheInvokingNamespaceAndSaysWhatRan() {
        Activation record = Records.of(call, action, done(null, Duration.ofMillis(3)));

        assertThat(record.namespace()).isEqualTo(Samples.GUEST.namespace().name());
        assertThat(record.subject()).isEqualTo("guest-subject");
        assertThat(record.id()).isEqualTo(call.id());
        assertThat(record.name().value()).isEqualTo("hello");
        assertThat(record.version()).hasToString("0.0.7");
        assertThat(record.logs()).isEmpty();
        assertThat(record.cause()).isNull();
    }

    @Test
    @Tag("R-131")
    void endMinusStartIsTheDurationOfInitAndRunInWholeMilliseconds() {
        Activation record = Records.of(call, action, done(Duration.ofNanos(12_700_000), Duration.ofNanos(3_600_000)));

        assertThat(record.start()).isEqualTo(NOON.plusMillis(40));
        assertThat(record.duration()).isEqualTo(Duration.ofMillis(16));
        assertThat(record.end()).isEqualTo(NOON.plusMillis(56));
    }

    @Test
    @Tag("R-135")
    void annotationsOfAWarmRun() {
        Activation record = Records.of(call, action, done(null, Duration.ofMillis(3)));

        assertThat(record.annotations().values())
                .containsExactly(
                        java.util.Map.entry("limits", json("{'concurrency':1,'logs':10,'memory':256,'timeout':5000}")),
                        java.util.Map.entry("path", RawJson.string("guest/hello")),
                        java.util.Map.entry("kind", RawJson.string("nodejs:20")),
                        java.util.Map.entry("timeout", RawJson.FALSE),
                        java.util.Map.entry("waitTime", RawJson.number(40)));
    }

    @Test
    @Tag("R-135")
    @Tag("R-131")
    void aRecordSaysByWhichWayItsActionWasCalled() {
        var parent = ActivationId.random();
        EntityId binding = Samples.id("bound");
        Invocation part = Samples.calledThrough(Samples.causedBy(call, parent), binding);
        var gone = ActivationResponse.failure(Status.APPLICATION_ERROR, Messages.ACTION_GONE);

        for (Activation record :
                List.of(Records.of(part, action, done(null, Duration.ZERO)), Records.ofUnknown(part, gone, START))) {
            assertThat(record.cause()).isEqualTo(parent);
            assertThat(record.annotations().find("causedBy")).contains(RawJson.string("sequence"));
            assertThat(record.annotations().find("binding")).contains(RawJson.string("guest/bound"));
        }
    }

    @Test
    @Tag("R-135")
    void initTimeIsThereOnlyIfAnInitHappened() {
        Activation record = Records.of(call, action, done(Duration.ofMillis(12), Duration.ofMillis(3)));

        assertThat(record.annotations().find("initTime")).contains(RawJson.number(12));
    }

    @Test
    @Tag("R-135")
    @Tag("R-63")
    void theKindIsTheOneThatWasAskedForAndTheInstancesLimitIsShownIfSet() {
        Action older = Samples.action(
                "hello",
                Samples.code("nodejs:18"),
                new ActionLimits(Duration.ofSeconds(5), Samples.LIMITS.memory(), Samples.LIMITS.logs(), 3, 2),
                Annotations.NONE);

        Activation record = Records.of(call, older, done(null, Duration.ZERO));

        assertThat(record.annotations().find("kind")).contains(RawJson.string("nodejs:18"));
        assertThat(record.annotations().find("limits"))
                .contains(json("{'concurrency':3,'logs':10,'memory':256,'timeout':5000,'instances':2}"));
    }

    @Test
    void anAttemptTellsItsNumber() {
        var policy = new RetryPolicy(3, Duration.ZERO, null);
        Invocation second = call.as(call.id(), new Attempt(2, ActivationId.random(), policy), NOON);

        assertThat(Records.of(second, action, done(null, Duration.ZERO))
                        .annotations()
                        .find("attempt"))
                .contains(RawJson.number(2));
        assertThat(Records.of(call, action, done(null, Duration.ZERO))
                        .annotations()
                        .find("attempt"))
                .isEmpty();
    }

    @Test
    @Tag("R-135")
    @Tag("K-14")
    void aTimeoutIsAnnotated() {
        var done = new Execution.Done(
                ActivationResponse.failure(Status.DEVELOPER_ERROR, "late"), true, false, START, null, Duration.ZERO);

        assertThat(Records.of(call, action, done).annotations().find("timeout")).contains(RawJson.TRUE);
    }

    @Test
    @Tag("R-135")
    void theRecordOfAnActionThatIsGoneHasAnUnknownKind() {
        var response = ActivationResponse.failure(Status.APPLICATION_ERROR, Messages.ACTION_GONE);

        Activation record = Records.ofUnknown(call, response, START);

        assertThat(record.annotations().values())
                .containsExactly(
                        java.util.Map.entry("path", RawJson.string("guest/hello")),
                        java.util.Map.entry("kind", RawJson.string("unknown")));
        assertThat(record.duration()).isEqualTo(Duration.ZERO);
        assertThat(record.end()).isEqualTo(record.start());
    }

    @Test
    @Tag("R-135")
    void aClockThatWentBackDoesNotMakeTheWaitNegative() {
        var early = new Execution.Done(
                ActivationResponse.success(RawJson.EMPTY_OBJECT),
                false,
                true,
                NOON.minusSeconds(9),
                null,
                Duration.ZERO);

        assertThat(Records.of(call, action, early).annotations().find("waitTime"))
                .contains(RawJson.number(0));
    }

    private static Execution.Done done(@Nullable Duration init, Duration run) {
        return new Execution.Done(ActivationResponse.success(RawJson.EMPTY_OBJECT), false, true, START, init, run);
    }
}
