package dev.whirl.invoker.run;

import static dev.whirl.model.activation.ActivationResponse.Status.APPLICATION_ERROR;
import static dev.whirl.model.activation.ActivationResponse.Status.DEVELOPER_ERROR;
import static dev.whirl.model.activation.ActivationResponse.Status.WHISK_ERROR;

import dev.whirl.model.ActivationMessages;
import dev.whirl.model.activation.ActivationResponse;
import dev.whirl.model.activation.ActivationResponse.Status;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.limits.SystemLimits;
import dev.whirl.sandbox.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// From a reply to the outcome of an activation (rows I-19 to I-22, K-12 to K-15, R-138). Pure.
public final class Outcomes {
    private static final int OK = 200;
    private static final int SHUTTING_DOWN = 503;
    private static final String ERROR = "error";

    private Outcomes() {}

    /// @param timeout that was given for the init
    public static Outcome ofInit(Reply reply, Duration timeout, SystemLimits limits) {
        return switch (reply) {
            case Reply.Answered answer when answer.status() == OK -> new Outcome.Initialized();
            case Reply.Answered answer
            when isTooLarge(answer, limits) ->
                Outcome.finished(ActivationResponse.failure(DEVELOPER_ERROR, tooLarge(answer, limits)));
            case Reply.Answered answer -> Outcome.finished(failedInit(answer));
            case Reply.TimedOut _ -> timedOut(ActivationMessages.timedOutInInit(timeout));
            case Reply.Died died -> died(died.cause(), ActivationMessages.INIT_DIED);
            case Reply.NotReached(var detail) -> new Outcome.NotStarted(detail);
        };
    }

    /// @param timeout that was given for the run
    /// @param isReused whether the sandbox has served another activation before: then a runtime that says it is
    ///     shutting down is the platform's affair, and the run goes to another sandbox
    public static Outcome ofRun(Reply reply, Duration timeout, SystemLimits limits, boolean isReused) {
        return switch (reply) {
            case Reply.Answered answer
            when isReused && answer.status() == SHUTTING_DOWN -> new Outcome.NotStarted("the runtime is shutting down");
            case Reply.Answered answer when isTooLarge(answer, limits) -> Outcome.finished(overLimit(answer, limits));
            case Reply.Answered answer -> Outcome.finished(answered(answer));
            case Reply.TimedOut _ -> timedOut(ActivationMessages.timedOut(timeout));
            case Reply.Died died -> died(died.cause(), ActivationMessages.RUN_DIED);
            case Reply.NotReached(var detail) -> new Outcome.NotStarted(detail);
        };
    }

    private static ActivationResponse answered(Reply.Answered answer) {
        Optional<RawJson> json = json(answer.body());
        if (answer.status() != OK) {
            return error(DEVELOPER_ERROR, json.flatMap(each -> each.field(ERROR)), answer);
        }
        return json.filter(Outcomes::isStructured)
                .map(result -> result.hasField(ERROR)
                        ? error(APPLICATION_ERROR, result.field(ERROR), answer)
                        : ActivationResponse.success(result))
                .orElseGet(() -> error(DEVELOPER_ERROR, Optional.empty(), answer));
    }

    private static ActivationResponse failedInit(Reply.Answered answer) {
        RawJson error = json(answer.body())
                .flatMap(each -> each.field(ERROR))
                .orElseGet(
                        () -> RawJson.string(ActivationMessages.initFailed(text(answer.body(), answer.body().length))));
        return response(DEVELOPER_ERROR, error, answer);
    }

    private static ActivationResponse error(Status status, Optional<RawJson> error, Reply.Answered answer) {
        RawJson content = error.orElseGet(
                () -> RawJson.string(ActivationMessages.responseInvalid(text(answer.body(), answer.body().length))));
        return response(status, content, answer);
    }

    private static ActivationResponse overLimit(Reply.Answered answer, SystemLimits limits) {
        return response(APPLICATION_ERROR, RawJson.string(tooLarge(answer, limits)), answer);
    }

    private static ActivationResponse response(Status status, RawJson error, Reply.Answered answer) {
        return new ActivationResponse(status, RawJson.object(ERROR, error), answer.fullSizeBytes());
    }

    private static Outcome timedOut(String sentence) {
        return new Outcome.Finished(ActivationResponse.failure(DEVELOPER_ERROR, sentence), true, false);
    }

    private static Outcome died(Reply.Died.Cause cause, String sentence) {
        return Outcome.finished(
                switch (cause) {
                    case EXITED -> ActivationResponse.failure(DEVELOPER_ERROR, sentence);
                    case OUT_OF_MEMORY -> ActivationResponse.failure(DEVELOPER_ERROR, ActivationMessages.OUT_OF_MEMORY);
                    case LOST -> ActivationResponse.failure(WHISK_ERROR, ActivationMessages.SANDBOX_LOST);
                });
    }

    private static boolean isTooLarge(Reply.Answered answer, SystemLimits limits) {
        return answer.isTruncated() || answer.fullSizeBytes() > limits.result().bytes();
    }

    private static String tooLarge(Reply.Answered answer, SystemLimits limits) {
        String beginning = text(answer.body(), (int) limits.truncation().bytes());
        return ActivationMessages.resultTooLarge(
                answer.fullSizeBytes(), limits.result().bytes(), beginning);
    }

    private static Optional<RawJson> json(byte[] body) {
        try {
            return Optional.of(RawJson.parse(body));
        } catch (MalformedJsonException _) {
            return Optional.empty();
        }
    }

    private static boolean isStructured(RawJson json) {
        return json.kind() == RawJson.Kind.OBJECT || json.kind() == RawJson.Kind.ARRAY;
    }

    /// So many bytes at most, without a piece of a character at the end.
    private static String text(byte[] utf8, int maxBytes) {
        int end = Math.min(utf8.length, maxBytes);
        if (end < utf8.length) {
            while (end > 0 && (utf8[end] & 0xC0) == 0x80) {
                end--;
            }
        }
        return new String(utf8, 0, end, StandardCharsets.UTF_8);
    }
}
