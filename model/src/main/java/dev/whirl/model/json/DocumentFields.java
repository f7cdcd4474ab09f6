package dev.whirl.model.json;

import dev.whirl.model.ApiException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The fields of one document that a codec of ours wrote, with a clear complaint about each that is missing
/// or of another type. A field that is `null` counts as missing.
final class DocumentFields {
    private final String sort;
    private final SequencedMap<String, RawJson> fields;

    private DocumentFields(String sort, SequencedMap<String, RawJson> fields) {
        this.sort = sort;
        this.fields = fields;
    }

    /// Decodes one document; whatever is wrong with it becomes one exception.
    ///
    /// @param sort what it should be, for the message
    /// @throws MalformedDocumentException if the reader can't make sense of it
    static <T> T decode(String sort, RawJson document, Function<DocumentFields, T> reader) {
        if (!document.isObject()) {
            throw new MalformedDocumentException("The %s is not a JSON object.".formatted(sort));
        }
        try {
            return reader.apply(new DocumentFields(sort, document.fields()));
        } catch (IllegalArgumentException | ApiException | ArithmeticException | DateTimeException e) {
            throw new MalformedDocumentException(
                    "The %s has an impossible value: %s".formatted(sort, e.getMessage()), e);
        }
    }

    Optional<RawJson> find(String name) {
        RawJson value = fields.get(name);
        return value == null || value.kind() == RawJson.Kind.NULL ? Optional.empty() : Optional.of(value);
    }

    /// Whether the field is there, even if it is `null`.
    boolean has(String name) {
        return fields.containsKey(name);
    }

    /// The value even if it is `null`; empty only where the field is not there.
    Optional<RawJson> findWithNull(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    RawJson json(String name) {
        return find(name).orElseThrow(() -> complaint(name, "is missing"));
    }

    String text(String name) {
        return text(name, json(name));
    }

    @Nullable
    String textOrNull(String name) {
        return find(name).map(value -> text(name, value)).orElse(null);
    }

    long number(String name) {
        return number(name, json(name));
    }

    int integer(String name) {
        return Math.toIntExact(number(name));
    }

    @Nullable
    Long numberOrNull(String name) {
        return find(name).map(value -> number(name, value)).orElse(null);
    }

    @Nullable
    Integer integerOrNull(String name) {
        return find(name).map(value -> Math.toIntExact(number(name, value))).orElse(null);
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(flagOrNull(name));
    }

    @Nullable
    Boolean flagOrNull(String name) {
        return find(name)
                .map(value -> value.asBoolean().orElseThrow(() -> complaint(name, "is neither true nor false")))
                .orElse(null);
    }

    /// A time in milliseconds since the epoch.
    Instant instant(String name) {
        return Instant.ofEpochMilli(number(name));
    }

    @Nullable
    Instant instantOrNull(String name) {
        Long millis = numberOrNull(name);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    /// The texts of an array; none where the field is missing.
    List<String> texts(String name) {
        List<RawJson> elements = find(name).map(RawJson::elements).orElse(List.of());
        var texts = new ArrayList<String>(elements.size());
        elements.forEach(each -> texts.add(text(name, each)));
        return texts;
    }

    /// The objects of an array, each read; none where the field is missing.
    <T> List<T> objects(String name, Function<DocumentFields, T> reader) {
        List<RawJson> elements = find(name).map(RawJson::elements).orElse(List.of());
        return elements.stream().map(each -> decode(sort, each, reader)).toList();
    }

    /// Hands over each field of an object, whose values are objects too; none where the field is missing.
    void entries(String name, BiConsumer<String, DocumentFields> reader) {
        SequencedMap<String, RawJson> entries = find(name).map(RawJson::fields).orElseGet(LinkedHashMap::new);
        entries.forEach((key, value) -> decode(sort, value, each -> {
            reader.accept(key, each);
            return key;
        }));
    }

    <T> T object(String name, Function<DocumentFields, T> reader) {
        return decode(sort, json(name), reader);
    }

    MalformedDocumentException complaint(String name, String what) {
        return new MalformedDocumentException("The field '%s' of the %s %s.".formatted(name, sort, what));
    }

    private String text(String name, RawJson value) {
        return value.asText().orElseThrow(() -> complaint(name, "is not a text"));
    }

    private long number(String name, RawJson value) {
        return value.asWholeNumber().orElseThrow(() -> complaint(name, "is not a whole number"));
    }
}
