package dev.whirl.feeds.stream;

import dev.whirl.feeds.feed.FeedTrigger;
import dev.whirl.feeds.feed.Origin;
import dev.whirl.feeds.stream.Source.Rest;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How far a feed that reads a [Source] is: stored before and after each firing, so that a crash loses nothing. It
/// outlives changes of the feed, as long as that reads the same source.
///
/// @param source id of the origin that the marks belong to
/// @param generation of the feed that fired so often
/// @param settled mark behind what was fired
/// @param firing mark behind what may have been fired; null for nothing
/// @param fired how often it fired
record StreamPosition(
        String source,
        String generation,
        RawJson settled,
        @Nullable RawJson firing,
        long fired) {
    /// @param mark where the feed begins
    static StreamPosition first(FeedTrigger trigger, RawJson mark) {
        return new StreamPosition(source(trigger), trigger.generation(), mark, null, 0);
    }

    StreamPosition before(RawJson mark) {
        return new StreamPosition(source, generation, settled, mark, fired);
    }

    /// @param open what may have been fired beyond the mark; null for nothing
    StreamPosition after(RawJson mark, @Nullable RawJson open) {
        return new StreamPosition(source, generation, mark, open, fired + 1);
    }

    /// Nothing between concerns the feed.
    StreamPosition at(Rest rest) {
        return new StreamPosition(source, generation, rest.mark(), rest.open(), fired);
    }

    RawJson toJson() {
        var out = new JsonWriter()
                .startObject()
                .field("source", source)
                .field("generation", generation)
                .field("settled", settled)
                .field("fired", fired);
        RawJson open = firing;
        if (open != null) {
            out.field("firing", open);
        }
        return out.endObject().toRawJson();
    }

    /// A feed that its owner changed counts its firings from zero.
    ///
    /// @return empty if it belongs to another source, or is none
    static Optional<StreamPosition> read(RawJson document, FeedTrigger trigger) {
        Map<String, RawJson> fields = document.fields();
        RawJson settled = fields.get("settled");
        if (settled == null || !RawJson.string(source(trigger)).equals(fields.getOrDefault("source", RawJson.NULL))) {
            return Optional.empty();
        }
        boolean isSameGeneration =
                RawJson.string(trigger.generation()).equals(fields.getOrDefault("generation", RawJson.NULL));
        long fired = fields.getOrDefault("fired", RawJson.NULL).asWholeNumber().orElse(0L);
        return Optional.of(new StreamPosition(
                source(trigger), trigger.generation(), settled, fields.get("firing"), isSameGeneration ? fired : 0));
    }

    private static String source(FeedTrigger trigger) {
        Origin origin = trigger.origin();
        return origin == null ? trigger.generation() : origin.id();
    }
}
