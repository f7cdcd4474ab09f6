package dev.whirl.client;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.json.RawJson;
import java.util.Map;
import java.util.OptionalLong;

/// The limits of a namespace as the server describes them (row R-155).
///
/// @param json what the server said
/// @param fields of it, at the top level
public record LimitsDocument(RawJson json, Map<String, RawJson> fields) {
    static LimitsDocument read(RawJson json) {
        return new LimitsDocument(json, json.fields());
    }

    /// A limit by its name, such as `invocationsPerMinute` or `maxActionMemory`; empty if it is not a whole number.
    public OptionalLong find(String name) {
        return Documents.number(fields, name).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    /// A size in bytes by its name, such as `maxParameterSize`, which is told with a unit; empty if it is not told.
    public OptionalLong bytes(String name) {
        try {
            return Documents.optionalText(fields, name)
                    .map(text -> OptionalLong.of(ByteSize.parse(text).bytes()))
                    .orElse(OptionalLong.empty());
        } catch (IllegalArgumentException _) {
            return OptionalLong.empty();
        }
    }
}
