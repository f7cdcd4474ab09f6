package dev.whirl.store;

import dev.whirl.model.ApiException;
import dev.whirl.model.activation.ActivationSummary;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.json.RawJson;
import java.util.Optional;

/// Under which names a record is found by a list's name filter (row R-133). Every adapter decides it here.
public final class ActivationNames {
    private static final int SEGMENTS_WITH_PACKAGE = 3;

    private ActivationNames() {}

    /// The package by which a record is found: the binding it was called through, else the package of its
    /// action.
    public static Optional<EntityName> packageOf(Annotations annotations) {
        Optional<String> binding = text(annotations, "binding");
        return binding.isPresent()
                ? binding.flatMap(path -> name(path.substring(path.lastIndexOf('/') + 1)))
                : text(annotations, "path")
                        .map(path -> path.split("/"))
                        .filter(parts -> parts.length == SEGMENTS_WITH_PACKAGE)
                        .flatMap(parts -> name(parts[1]));
    }

    /// Whether a record passes all filters of a query.
    public static boolean matches(Activations.Query query, ActivationSummary record) {
        long start = record.start().toEpochMilli();
        return record.namespace().equals(query.namespace())
                && (query.name() == null || query.name().equals(record.name()))
                && (query.name() == null
                        || query.pkg() == null
                        || packageOf(record.annotations())
                                .filter(query.pkg()::equals)
                                .isPresent())
                && (query.since() == null || start >= query.since().toEpochMilli())
                && (query.upto() == null || start <= query.upto().toEpochMilli());
    }

    private static Optional<String> text(Annotations annotations, String key) {
        return annotations.find(key).flatMap(RawJson::asText).filter(text -> !text.isBlank());
    }

    private static Optional<EntityName> name(String text) {
        try {
            return Optional.of(new EntityName(text));
        } catch (ApiException e) {
            return Optional.empty();
        }
    }
}
