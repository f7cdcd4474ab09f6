package dev.whirl.model.entity;

import dev.whirl.common.units.Durations;
import dev.whirl.model.ApiException;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// How often an accepted activation is tried until it succeeds: the annotation `retry` of an action.
///
/// @param attempts most of them, the first one included
/// @param backoff before the second attempt; before each later one twice as long as before the last, an hour at most
/// @param deadLetter the trigger to fire when all have failed, as `/namespace/name`, where `_` stands for the
///     caller's; null for none
public record RetryPolicy(
        int attempts, Duration backoff, @Nullable String deadLetter) {
    public static final String ANNOTATION = "retry";

    private static final int MOST_ATTEMPTS = 10;
    private static final Duration USUAL_BACKOFF = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACKOFF = Duration.ofHours(1);
    private static final Set<String> FIELDS = Set.of("attempts", "backoff", "deadLetter");
    private static final String CALLERS = "_";

    /// @throws IllegalArgumentException with a sentence for whoever wrote it
    public static RetryPolicy parse(RawJson json) {
        if (!json.isObject()) {
            throw wrong("must be an object such as {\"attempts\":3,\"backoff\":\"500ms\"}");
        }
        Map<String, RawJson> fields = json.fields();
        var unknown = new TreeSet<>(fields.keySet());
        unknown.removeAll(FIELDS);
        if (!unknown.isEmpty()) {
            throw wrong(
                    "has an unknown field '%s'; there are attempts, backoff and deadLetter".formatted(unknown.first()));
        }
        return new RetryPolicy(
                attempts(fields.get("attempts")), backoff(fields.get("backoff")), trigger(fields.get("deadLetter")));
    }

    /// That of an action; empty if it has none that makes sense.
    public static Optional<RetryPolicy> of(Annotations annotations) {
        try {
            return annotations.find(ANNOTATION).map(RetryPolicy::parse);
        } catch (IllegalArgumentException _) {
            return Optional.empty(); // written before there was a check, or elsewhere
        }
    }

    public RawJson toJson() {
        var out = new JsonWriter(64)
                .startObject()
                .field("attempts", attempts)
                .field("backoff", Durations.format(backoff));
        if (deadLetter != null) {
            out.field("deadLetter", deadLetter);
        }
        return out.endObject().toRawJson();
    }

    /// How long to wait before an attempt.
    ///
    /// @param attempt 2 or more
    public Duration pauseBefore(int attempt) {
        Duration pause = backoff.multipliedBy(1L << (attempt - 2));
        return pause.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : pause;
    }

    /// The trigger to fire for a caller; empty if there is none, or it is not in his namespace.
    public Optional<EntityId> deadLetterOf(NamespaceName caller) {
        if (deadLetter == null) {
            return Optional.empty();
        }
        String[] parts = deadLetter.substring(1).split("/", -1);
        return parts[0].equals(CALLERS) || parts[0].equals(caller.value())
                ? Optional.of(EntityId.of(caller, new EntityName(parts[1])))
                : Optional.empty();
    }

    private static int attempts(@Nullable RawJson value) {
        long attempts = value == null ? 0 : value.asWholeNumber().orElse(0L);
        if (attempts < 1 || attempts > MOST_ATTEMPTS) {
            throw wrong("needs attempts, a whole number from 1 to " + MOST_ATTEMPTS);
        }
        return (int) attempts;
    }

    private static Duration backoff(@Nullable RawJson value) {
        if (value == null) {
            return USUAL_BACKOFF;
        }
        Duration backoff;
        try {
            backoff = Durations.parse(value.asText().orElse(""));
        } catch (IllegalArgumentException e) {
            throw wrong("has a backoff that is no duration such as \"500ms\", \"2s\" or \"1m\"");
        }
        if (backoff.compareTo(LONGEST_BACKOFF) > 0) {
            throw wrong("has a backoff of more than 1h");
        }
        return backoff;
    }

    private static @Nullable String trigger(@Nullable RawJson value) {
        if (value == null) {
            return null;
        }
        String text = value.asText().orElse("");
        String[] parts = text.split("/", -1);
        if (parts.length != 3 || !parts[0].isEmpty() || !isNamespace(parts[1]) || !isName(parts[2])) {
            throw wrong("has a deadLetter that is no trigger such as \"/namespace/trigger\"");
        }
        return text;
    }

    private static boolean isNamespace(String text) {
        return text.equals(CALLERS) || isName(text);
    }

    private static boolean isName(String text) {
        try {
            var _ = new EntityName(text);
            return true;
        } catch (ApiException _) {
            return false;
        }
    }

    private static IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("The annotation 'retry' " + what + ".");
    }
}
