package dev.whirl.feeds.schedule;

import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The JSON of positions, as they are stored.
public final class PositionDocuments {
    private PositionDocuments() {}

    public static RawJson write(TimedPosition position) {
        var out = new JsonWriter()
                .startObject()
                .field("generation", position.generation())
                .field("settled", position.settled().toString())
                .field("fired", position.fired());
        Occurrence firing = position.firing();
        if (firing != null) {
            out.name("firing")
                    .startObject()
                    .field("scheduled", firing.scheduled().toString());
            Instant since = firing.missedSince();
            if (since != null) {
                out.field("missedSince", since.toString());
            }
            out.endObject();
        }
        return out.endObject().toRawJson();
    }

    /// @return empty if it is no position of an alarm
    public static Optional<TimedPosition> read(RawJson document) {
        Map<String, RawJson> fields = document.fields();
        Instant settled = time(fields, "settled");
        if (settled == null) {
            return Optional.empty();
        }
        long fired = fields.getOrDefault("fired", RawJson.NULL).asWholeNumber().orElse(0L);
        Map<String, RawJson> firing =
                fields.getOrDefault("firing", RawJson.NULL).fields();
        Instant scheduled = time(firing, "scheduled");
        Occurrence open = scheduled == null ? null : new Occurrence(scheduled, time(firing, "missedSince"));
        return Optional.of(new TimedPosition(text(fields, "generation"), settled, open, fired));
    }

    private static @Nullable Instant time(Map<String, RawJson> fields, String name) {
        try {
            String text = text(fields, name);
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeParseException e) { // the trigger had a feed of another kind before
            return null;
        }
    }

    private static String text(Map<String, RawJson> fields, String name) {
        return fields.getOrDefault(name, RawJson.NULL).asText().orElse("");
    }
}
