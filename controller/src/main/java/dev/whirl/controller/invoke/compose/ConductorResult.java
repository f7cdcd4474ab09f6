package dev.whirl.controller.invoke.compose;

import dev.whirl.model.json.RawJson;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What a conductor says (row R-181).
///
/// @param action what to call next, null to end
/// @param params what to call it with, or what the composition ends with; an object, null if it says nothing
/// @param state what it wants to get back with the result of the call; an object, null for nothing
record ConductorResult(
        @Nullable RawJson action,
        @Nullable RawJson params,
        @Nullable RawJson state) {
    static ConductorResult of(@Nullable RawJson result) {
        if (result == null || !result.isObject()) {
            return new ConductorResult(null, null, null);
        }
        SequencedMap<String, RawJson> fields = result.fields();
        return new ConductorResult(fields.get("action"), boxed(fields.get("params")), boxed(fields.get("state")));
    }

    /// What is no object becomes one.
    static @Nullable RawJson boxed(@Nullable RawJson value) {
        return value == null || value.isObject() ? value : RawJson.object("value", value);
    }
}
