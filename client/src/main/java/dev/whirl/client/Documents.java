package dev.whirl.client;

import dev.whirl.model.json.RawJson;
import java.util.Map;
import java.util.Optional;

/// Reads fields of documents that come from a server: what is missing or of another type counts as absent.
final class Documents {
    private Documents() {}

    static String text(Map<String, RawJson> fields, String name) {
        return optionalText(fields, name).orElse("");
    }

    static Optional<String> optionalText(Map<String, RawJson> fields, String name) {
        return Optional.ofNullable(fields.get(name)).flatMap(RawJson::asText);
    }

    static Optional<Long> number(Map<String, RawJson> fields, String name) {
        return Optional.ofNullable(fields.get(name)).flatMap(RawJson::asWholeNumber);
    }

    static boolean isTrue(Map<String, RawJson> fields, String name) {
        return Optional.ofNullable(fields.get(name)).flatMap(RawJson::asBoolean).orElse(false);
    }

    static Map<String, RawJson> object(Map<String, RawJson> fields, String name) {
        return Optional.ofNullable(fields.get(name))
                .orElse(RawJson.EMPTY_OBJECT)
                .fields();
    }

    static KeyValues keyValues(Map<String, RawJson> fields, String name) {
        return KeyValues.read(fields.getOrDefault(name, RawJson.EMPTY_ARRAY));
    }
}
