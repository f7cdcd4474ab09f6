package dev.whirl.controller.invoke.fire;

import dev.whirl.model.TransactionId;
import dev.whirl.model.entity.Parameter;
import dev.whirl.model.entity.Trigger;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.json.RawJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// A trigger that is fired.
///
/// @param payload an object
/// @param headers of the request, by their names in lower case
public record TriggerEvent(
        TransactionId transaction,
        Identity caller,
        Trigger trigger,
        RawJson payload,
        SequencedMap<String, String> headers) {
    private static final String HEADERS = "__ow_headers";

    /// The caller's key: functions of others must not see it, and those of one's own are given it where they ask for
    /// it.
    private static final String AUTHORIZATION = "authorization";

    /// What the actions are called with (row R-112): the trigger's parameters, the headers, and over both the payload.
    RawJson arguments() {
        var arguments = new LinkedHashMap<String, RawJson>();
        for (Parameter each : trigger.parameters().list()) {
            arguments.put(each.key(), each.value());
        }
        arguments.put(HEADERS, headersAsJson());
        arguments.putAll(payload.fields());
        return RawJson.object(arguments);
    }

    /// Names of the arguments that are encrypted, each with its algorithm (row I-55): parameters of the trigger that
    /// nothing else replaces.
    Map<String, String> lockedArguments() {
        Map<String, String> locked = trigger.parameters().locked();
        if (!locked.isEmpty()) {
            locked.remove(HEADERS);
            locked.keySet().removeAll(payload.fields().keySet());
        }
        return locked;
    }

    private RawJson headersAsJson() {
        var fields = new LinkedHashMap<String, RawJson>();
        headers.forEach((name, value) -> {
            if (!name.equals(AUTHORIZATION)) {
                fields.put(name, RawJson.string(value));
            }
        });
        return RawJson.object(fields);
    }
}
