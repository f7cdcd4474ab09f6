package dev.whirl.feeds.feed;

import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/// The parameters of a feed. Command lines and forms give texts where numbers or JSON are meant: both count.
record Arguments(Map<String, RawJson> values) {
    /// A value that is there and not null.
    Optional<RawJson> value(String name) {
        return Optional.ofNullable(values.get(name)).filter(each -> each.kind() != RawJson.Kind.NULL);
    }

    /// A text that is not empty; of a number or truth value its text.
    Optional<String> text(String name) {
        return value(name)
                .map(each -> each.asText().orElseGet(each::toString).strip())
                .filter(each -> !each.isEmpty());
    }

    /// @throws InvalidFeedException if it is neither yes nor no
    boolean flag(String name, boolean fallback) throws InvalidFeedException {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return fallback;
        }
        return switch (text.get()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw InvalidFeedException.badRequest("the %s parameter must be true or false".formatted(name));
        };
    }

    /// A time as ISO 8601 or in milliseconds since 1970.
    ///
    /// @throws InvalidFeedException if it is none
    Optional<Instant> date(String name) throws InvalidFeedException {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            String date = text.get();
            return Optional.of(
                    date.matches("[0-9]{1,15}")
                            ? Instant.ofEpochMilli(Long.parseLong(date))
                            : OffsetDateTime.parse(date).toInstant());
        } catch (DateTimeParseException e) {
            throw InvalidFeedException.badRequest(
                    "the %s parameter '%.40s' is no date: write 2026-12-31T23:59:00Z, or milliseconds since 1970"
                            .formatted(name, text.get()));
        }
    }

    /// An object, or a text that holds one; empty if it is not there.
    ///
    /// @throws InvalidFeedException if it is anything else
    Optional<RawJson> object(String name) throws InvalidFeedException {
        Optional<RawJson> value = value(name);
        Optional<RawJson> object = value.filter(RawJson::isObject)
                .or(() -> value.flatMap(RawJson::asText).flatMap(Arguments::parsed));
        if (value.isPresent() && object.isEmpty()) {
            throw InvalidFeedException.badRequest("the %s parameter must be a JSON object".formatted(name));
        }
        return object;
    }

    private static Optional<RawJson> parsed(String text) {
        try {
            return Optional.of(RawJson.parse(text)).filter(RawJson::isObject);
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
    }
}
