package dev.whirl.invoker.run;

import static dev.whirl.model.activation.ActivationResponse.Status.APPLICATION_ERROR;
import static dev.whirl.model.activation.ActivationResponse.Status.DEVELOPER_ERROR;
import static dev.whirl.model.activation.ActivationResponse.Status.SUCCESS;
import static dev.whirl.model.activation.ActivationResponse.Status.WHISK_ERROR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.model.activation.ActivationResponse.Status;
import dev.whirl.model.limits.SystemLimits;
import dev.whirl.sandbox.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OutcomesTest {
    private static final Duration TIMEOUT = Duration.ofMillis(1500);
    private static final SystemLimits LIMITS = SystemLimits.OPENWHISK;

    record Row(Reply reply, Status status, String result, boolean keepsSandbox) {}

    static List<Row> runs() {
        return List.of(
                new Row(answer(200, "{\"a\":1}"), SUCCESS, "{\"a\":1}", true),
                new Row(answer(200, "{}"), SUCCESS, "{}", true),
                new Row(answer(200, "[1,2]"), SUCCESS, "[1,2]", true),
                new Row(answer(200, "{\"error\":\"no\"}"), APPLICATION_ERROR, "{\"error\":\"no\"}", true),
                new Row(answer(200, "{\"error\":{\"c\":4},\"x\":1}"), APPLICATION_ERROR, "{\"error\":{\"c\":4}}", true),
                new Row(answer(200, "{\"a\":{\"error\":1}}"), SUCCESS, "{\"a\":{\"error\":1}}", true),
                new Row(answer(200, "12"), DEVELOPER_ERROR, invalid(": 12"), false),
                new Row(answer(200, "\\\"hi\\\"".replace("\\", "")), DEVELOPER_ERROR, invalid(": \\\"hi\\\""), false),
                new Row(answer(200, "null"), DEVELOPER_ERROR, invalid(": null"), false),
                new Row(answer(200, "not json"), DEVELOPER_ERROR, invalid(": not json"), false),
                new Row(answer(200, ""), DEVELOPER_ERROR, invalid("."), false),
                new Row(answer(502, "{\"error\":\"thrown\"}"), DEVELOPER_ERROR, "{\"error\":\"thrown\"}", false),
                new Row(answer(502, "[\"error\"]"), DEVELOPER_ERROR, invalid(": [\\\"error\\\"]"), false),
                new Row(answer(500, "boom"), DEVELOPER_ERROR, invalid(": boom"), false),
                new Row(answer(404, ""), DEVELOPER_ERROR, invalid("."), false),
                new Row(
                        new Reply.Died(Reply.Died.Cause.EXITED, "exit code 3"),
                        DEVELOPER_ERROR,
                        error("The action did not produce a valid response and exited unexpectedly."),
                        false),
                new Row(
                        new Reply.Died(Reply.Died.Cause.OUT_OF_MEMORY, "killed"),
                        DEVELOPER_ERROR,
                        error("The action exhausted its memory and was aborted."),
                        false),
                new Row(
                        new Reply.Died(Reply.Died.Cause.LOST, "evicted"),
                        WHISK_ERROR,
                        error("The platform lost the sandbox in which this activation was running."
                                + " It was not run again."),
                        false),
                new Row(
                        new Reply.TimedOut(),
                        DEVELOPER_ERROR,
                        error("The action exceeded its time limits of 1500 milliseconds."),
                        false));
    }

    static List<Row> inits() {
        return List.of(
                new Row(
                        answer(502, "{\"error\":\"line 3: syntax\"}"),
                        DEVELOPER_ERROR,
                        "{\"error\":\"line 3: syntax\"}",
                        false),
                new Row(
                        answer(403, "nope"),
                        DEVELOPER_ERROR,
                        error("The action failed during initialization: nope"),
                        false),
                new Row(answer(500, ""), DEVELOPER_ERROR, error("The action failed during initialization."), false),
                new Row(
                        new Reply.Died(Reply.Died.Cause.EXITED, "exit code 1"),
                        DEVELOPER_ERROR,
                        error("The action did not initialize and exited unexpectedly."),
                        false),
                new Row(
                        new Reply.Died(Reply.Died.Cause.OUT_OF_MEMORY, "killed"),
                        DEVELOPER_ERROR,
                        error("The action exhausted its memory and was aborted."),
                        false),
                new Row(
                        new Reply.TimedOut(),
                        DEVELOPER_ERROR,
                        error("The action exceeded its time limits of 1500 milliseconds during initialization."),
                        false));
    }

    @ParameterizedTest
    @MethodSource("runs")
    @Tag("K-12")
    @Tag("K-13")
    @Tag("K-15")
    @Tag("I-21")
    void aReplyToARunMeans(Row row) {
        assertFinished(Outcomes.ofRun(row.reply(), TIMEOUT, LIMITS, false), row);
    }

    @ParameterizedTest
    @MethodSource("inits")
    @Tag("K-12")
    @Tag("K-14")
    @Tag("I-21")
    void aReplyToAnInitMeans(Row row) {
        assertFinished(Outcomes.ofInit(row.reply(), TIMEOUT, LIMITS), row);
    }

    @Test
    @Tag("K-12")
    void anInitThatSucceedsIsNotReadFurther() {
        assertThat(Outcomes.ofInit(answer(200, "{\"error\":\"x\"}"), TIMEOUT, LIMITS))
                .isEqualTo(new Outcome.Initialized());
    }

    @Test
    @Tag("K-14")
    void onlyATimeoutIsMarkedAsOne() {
        assertThat(Outcomes.ofRun(new Reply.TimedOut(), TIMEOUT, LIMITS, false))
                .isInstanceOfSatisfying(
                        Outcome.Finished.class,
                        each -> assertThat(each.isTimeout()).isTrue());
        assertThat(Outcomes.ofRun(answer(500, ""), TIMEOUT, LIMITS, false))
                .isInstanceOfSatisfying(
                        Outcome.Finished.class,
                        each -> assertThat(each.isTimeout()).isFalse());
    }

    @Test
    @Tag("I-22")
    void whatWasNotReachedCanBeRunElsewhere() {
        var lost = new Reply.NotReached("connection refused");

        assertThat(Outcomes.ofRun(lost, TIMEOUT, LIMITS, true)).isInstanceOf(Outcome.NotStarted.class);
        assertThat(Outcomes.ofInit(lost, TIMEOUT, LIMITS)).isInstanceOf(Outcome.NotStarted.class);
    }

    @Test
    @Tag("K-12")
    void aRuntimeThatIsShuttingDownIsLeftOnlyIfItWasUsedBefore() {
        Reply shuttingDown = answer(503, "{\"error\":\"bye\"}");

        assertThat(Outcomes.ofRun(shuttingDown, TIMEOUT, LIMITS, true)).isInstanceOf(Outcome.NotStarted.class);
        assertThat(Outcomes.ofRun(shuttingDown, TIMEOUT, LIMITS, false)).isInstanceOf(Outcome.Finished.class);
    }

    @Test
    @Tag("R-138")
    void aResultOverTheLimitIsAnApplicationErrorWithItsBeginning() {
        byte[] kept = "x".repeat(1024 * 1024).getBytes(StandardCharsets.UTF_8);
        var reply = new Reply.Answered(200, kept, 3_000_000);

        assertFinished(
                Outcomes.ofRun(reply, TIMEOUT, LIMITS, false),
                new Row(
                        reply,
                        APPLICATION_ERROR,
                        error("The action produced a response that exceeded the allowed length: "
                                + "3000000 > 1048576 bytes. The truncated response was: " + "x".repeat(1024)),
                        true));
    }

    @Test
    @Tag("R-138")
    void aTruncatedResultDoesNotEndInsideACharacter() {
        byte[] kept = "é".repeat(1000).getBytes(StandardCharsets.UTF_8);
        var reply = new Reply.Answered(200, ("x" + "é".repeat(600)).getBytes(StandardCharsets.UTF_8), 2_000_000);

        assertThat(kept).hasSize(2000);
        assertThat(Outcomes.ofRun(reply, TIMEOUT, LIMITS, false))
                .isInstanceOfSatisfying(
                        Outcome.Finished.class,
                        each -> assertThat(String.valueOf(each.response().result()))
                                .endsWith("x" + "é".repeat(511) + "\"}"));
    }

    @Test
    @Tag("R-138")
    void aResultOfExactlyTheLimitIsFine() {
        String body = "{\"a\":\"" + "x".repeat(1024 * 1024 - 8) + "\"}";

        assertThat(body).hasSize(1024 * 1024);
        assertThat(Outcomes.ofRun(answer(200, body), TIMEOUT, LIMITS, false))
                .isInstanceOfSatisfying(
                        Outcome.Finished.class,
                        each -> assertThat(each.response().status()).isEqualTo(SUCCESS));
    }

    @Test
    @Tag("R-131")
    void theSizeOfTheAnswerIsKept() {
        assertThat(Outcomes.ofRun(answer(200, "{\"error\":\"no\"}"), TIMEOUT, LIMITS, false))
                .isInstanceOfSatisfying(
                        Outcome.Finished.class,
                        each -> assertThat(each.response().sizeBytes()).isEqualTo(14));
    }

    private static void assertFinished(Outcome outcome, Row row) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Finished.class, finished -> {
            assertThat(finished.response().status()).isEqualTo(row.status());
            assertThat(String.valueOf(finished.response().result())).isEqualTo(row.result());
            assertThat(finished.keepsSandbox()).isEqualTo(row.keepsSandbox());
        });
    }

    private static Reply answer(int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new Reply.Answered(status, bytes, bytes.length);
    }

    private static String error(String sentence) {
        return "{\"error\":\"" + sentence + "\"}";
    }

    private static String invalid(String end) {
        return error("The action did not produce a valid JSON or JSON Array response" + end);
    }
}
