package dev.whirl.model.activation;

import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.entity.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The record of one activation (row R-131).
///
/// @param namespace the invoking namespace, not the action's owner (row R-87)
/// @param end null for triggers
/// @param duration null for triggers; for sequences the sum of the parts
/// @param cause the parent sequence or composition
/// @param logs lines as users see them (row R-134)
public record Activation(
        NamespaceName namespace,
        EntityName name,
        Version version,
        String subject,
        ActivationId id,
        Instant start,
        @Nullable Instant end,
        @Nullable Duration duration,
        @Nullable ActivationId cause,
        ActivationResponse response,
        List<String> logs,
        Annotations annotations) {
    public Activation {
        logs = List.copyOf(logs);
    }

    public Activation withLogs(List<String> lines) {
        return new Activation(
                namespace, name, version, subject, id, start, end, duration, cause, response, lines, annotations);
    }

    public Activation withResponse(ActivationResponse other) {
        return new Activation(
                namespace, name, version, subject, id, start, end, duration, cause, other, logs, annotations);
    }

    public ActivationSummary summary() {
        return new ActivationSummary(
                namespace, name, version, id, start, end, duration, cause, response.status(), annotations);
    }
}
