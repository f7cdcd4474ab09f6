package dev.whirl.feeds.stream;

import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How far a feed that reads a [Source] is: stored before and after each firing, so that a crash loses nothing.
///
/// @param generation of the feed that it belongs to
/// @param settled mark behind what was fired
/// @param firing mark behind what may have been fired; null for nothing
/// @param fired how often it fired
record StreamPosition(
        String generation, RawJson settled, @Nullable RawJson firing, long fired) {
    StreamPosition before(RawJson mark) {
        return new StreamPosition(generation, settled, mark, fired);
    }

    /// @param open what may have been fired beyond the mark; null for nothing
    StreamPosition after(RawJson mark, @Nullable RawJson open) {
        return new StreamPosition(generation, mark, open, fired + 1);
    }

    /// Nothing between concerns the feed.
    StreamPosition movedTo(RawJson mark) {
        return new StreamPosition(generation, mark, null, fired);
    }

    StreamPosition withNothingOpen() {
        return new StreamPosition(generation, settled, null, fired);
    }

    RawJson toJson() {
        var out = new JsonWriter()
                .startObject()
                .field("generation", generation)
                .field("settled", settled)
                .field("fired", fired);
        RawJson open = firing;
        if (open != null) {
            out.field("firing", open);
        }
        return out.endObject().toRawJson();
    }

    /// @return empty if it belongs to another generation, or is none
    static Optional<StreamPosition> read(RawJson document, String generation) {
        Map<String, RawJson> fields = document.fields();
        RawJson settled = fields.get("settled");
        boolean isOurs = fields.getOrDefault("generation", RawJson.NULL).equals(RawJson.string(generation));
        if (settled == null || !isOurs) {
            return Optional.empty();
        }
        long fired = fields.getOrDefault("fired", RawJson.NULL).asWholeNumber().orElse(0L);
        return Optional.of(new StreamPosition(generation, settled, fields.get("firing"), fired));
    }
}
