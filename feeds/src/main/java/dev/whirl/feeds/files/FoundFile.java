package dev.whirl.feeds.files;

import dev.whirl.feeds.stream.Identities;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import java.time.Instant;

/// A file, or an object of a bucket.
///
/// @param version changes with its content: an etag; empty where only its time tells
record FoundFile(String name, long sizeBytes, Instant modified, String version) {
    /// The same for the same file in the same state.
    String identity() {
        return Identities.of("%s\n%d\n%s\n%s".formatted(name, sizeBytes, modified, version));
    }

    RawJson toJson() {
        var out = new JsonWriter()
                .startObject()
                .field("name", name)
                .field("size", sizeBytes)
                .field("modified", modified.toString());
        if (!version.isEmpty()) {
            out.field("etag", version);
        }
        return out.endObject().toRawJson();
    }
}
