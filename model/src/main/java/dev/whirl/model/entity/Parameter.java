package dev.whirl.model.entity;

import static dev.whirl.common.Preconditions.require;

import dev.whirl.model.json.RawJson;
import org.jspecify.annotations.Nullable;

/// One parameter of an entity (row R-14).
///
/// @param value JSON `null` means declared but undefined
/// @param isInit goes to the environment at `/init` instead of into the argument object
/// @param encryption the algorithm that the stored value is encrypted with, null for none
public record Parameter(
        String key, RawJson value, boolean isInit, @Nullable String encryption) {
    public Parameter {
        require(!key.isEmpty(), "parameter key must not be empty");
    }

    public static Parameter of(String key, RawJson value) {
        return new Parameter(key, value, false, null);
    }

    public boolean isDefined() {
        return value.kind() != RawJson.Kind.NULL;
    }
}
