package dev.whirl.gateway.manage;

import dev.whirl.model.json.RawJson;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// A call of one of the three actions of row G-6.
///
/// @param caller null for strangers
/// @param parameters of query and body; those of the body count
/// @param memory is told how many bytes an answer takes before it is made; what it throws ends the call
public record ApiCall(@Nullable Caller caller, Map<String, RawJson> parameters, LongConsumer memory) {
    public ApiCall {
        parameters = Map.copyOf(parameters);
    }

    /// A parameter that is a text and not empty.
    Optional<String> text(String name) {
        return parameters.getOrDefault(name, RawJson.NULL).asText().filter(each -> !each.isEmpty());
    }

    /// A parameter that is a whole number, or a text with one.
    Optional<Long> number(String name) {
        RawJson value = parameters.getOrDefault(name, RawJson.NULL);
        return value.asWholeNumber()
                .or(() -> value.asText()
                        .filter(each -> each.matches("[0-9]{1,9}"))
                        .map(Long::valueOf));
    }
}
