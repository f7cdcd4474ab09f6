package dev.whirl.feeds.files;

import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/// A file, or an object of a bucket.
///
/// @param version changes with its content: an etag; empty where only its time tells
record FoundFile(String name, long sizeBytes, Instant modified, String version) {
    private static final int IDENTITY_BYTES = 6;

    /// Of Base64, without padding.
    static final int IDENTITY_LENGTH = 8;

    /// The same for the same file in the same state.
    String identity() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest("%s\n%d\n%s\n%s"
                            .formatted(name, sizeBytes, modified, version)
                            .getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(hash, IDENTITY_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
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
