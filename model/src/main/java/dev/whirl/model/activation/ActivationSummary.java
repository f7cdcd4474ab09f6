package dev.whirl.model.activation;

import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.entity.Version;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A row in a list of activations (row R-132): the record without response body and logs.
public record ActivationSummary(
        NamespaceName namespace,
        EntityName name,
        Version version,
        ActivationId id,
        Instant start,
        @Nullable Instant end,
        @Nullable Duration duration,
        @Nullable ActivationId cause,
        ActivationResponse.Status status,
        Annotations annotations) {}
