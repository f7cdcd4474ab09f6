package dev.whirl.controller.events;

import dev.whirl.model.activation.Activation;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.message.UserEvent.Body;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The event of an activation that ended, out of its record (row I-9).
final class ActivationBody {
    private static final int MAX_RESULT = 64 * 1024;

    private ActivationBody() {}

    static Body.Activation of(Activation activation) {
        return new Body.Activation(
                text(activation, "path").orElse(activation.namespace() + "/" + activation.name()),
                activation.id().value(),
                activation.response().status().code(),
                activation.duration() == null ? Duration.ZERO : activation.duration(),
                Duration.ofMillis(number(activation, "waitTime")),
                Duration.ofMillis(number(activation, "initTime")),
                text(activation, "kind").orElse("unknown"),
                activation.annotations().isTruthy("conductor"),
                activation
                        .annotations()
                        .find("limits")
                        .flatMap(each -> each.field("memory"))
                        .flatMap(RawJson::asWholeNumber)
                        .orElse(0L),
                text(activation, "causedBy").orElse(null),
                activation.response().sizeBytes(),
                userStatus(activation.response().result()));
    }

    /// `statusCode` of the result or of its error. Not looked for in large results.
    private static @Nullable Long userStatus(@Nullable RawJson result) {
        if (result == null || result.sizeBytes() > MAX_RESULT) {
            return null;
        }
        Optional<RawJson> own = result.field("statusCode");
        return own.or(() -> result.field("error").flatMap(each -> each.field("statusCode")))
                .flatMap(RawJson::asWholeNumber)
                .orElse(null);
    }

    private static Optional<String> text(Activation activation, String key) {
        return activation.annotations().find(key).flatMap(RawJson::asText);
    }

    private static long number(Activation activation, String key) {
        return activation
                .annotations()
                .find(key)
                .flatMap(RawJson::asWholeNumber)
                .orElse(0L);
    }
}
