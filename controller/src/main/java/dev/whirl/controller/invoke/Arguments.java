package dev.whirl.controller.invoke;

import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.entity.Parameter;
import dev.whirl.model.entity.Parameters;
import dev.whirl.model.json.RawJson;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// What an action is called with: its parameters, overridden by the caller's (row R-83).
final class Arguments {
    private Arguments() {}

    /// @param payload an object; without parameters of the action it passes through as it is, and so does an array,
    ///     which a step of a sequence can be called with
    /// @throws ApiException 400 if the payload overrides a defined parameter of a final action
    static RawJson merge(Parameters parameters, boolean isFinal, RawJson payload) {
        if (parameters.isEmpty() || !payload.isObject()) {
            return payload;
        }
        SequencedMap<String, RawJson> given = payload.fields();
        requireAllowed(parameters, isFinal, given);
        var merged = new LinkedHashMap<String, RawJson>();
        for (Parameter each : parameters.list()) {
            merged.put(each.key(), each.value());
        }
        merged.putAll(given);
        return RawJson.object(merged);
    }

    /// @throws ApiException 400 if the payload overrides a defined parameter of a final action
    static void requireAllowed(Parameters parameters, boolean isFinal, RawJson payload) {
        if (isFinal && !parameters.isEmpty()) {
            requireAllowed(parameters, true, payload.fields());
        }
    }

    private static void requireAllowed(Parameters parameters, boolean isFinal, SequencedMap<String, RawJson> given) {
        if (isFinal && parameters.list().stream().anyMatch(each -> each.isDefined() && given.containsKey(each.key()))) {
            throw new ApiException(ErrorCode.BAD_REQUEST, Messages.PARAMETERS_NOT_ALLOWED);
        }
    }
}
