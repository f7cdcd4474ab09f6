package dev.whirl.store.couchdb;

import dev.whirl.model.json.RawJson;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One request to CouchDB.
///
/// @param path below the server's address, encoded, with its query
/// @param body null for none
/// @param repeat whether doing it twice is the same as doing it once
/// @param patience of how many timeouts it may take and still be made again
record Call(String method, String path, @Nullable RawJson body, Repeat repeat, long maxReplyBytes, double patience) {
    private static final long MAX_REPLY_BYTES = 128L * 1024 * 1024;

    /// Whether a whole timeout may pass and it is still made again.
    private static final double PATIENT = 1.5;

    private static final double IMPATIENT = 0.9;

    /// What a request that may have been carried out is to the client.
    enum Repeat {
        /// It may be made again.
        HARMLESS,
        /// Only its caller can find out whether it was carried out.
        UNKNOWN
    }

    Call(String method, String path, @Nullable RawJson body, Repeat repeat, long maxReplyBytes) {
        this(method, path, body, repeat, maxReplyBytes, PATIENT);
    }

    /// For those who know another way when this takes too long.
    Call impatient() {
        return new Call(method, path, body, repeat, maxReplyBytes, IMPATIENT);
    }

    static Call get(String path) {
        return new Call("GET", path, null, Repeat.HARMLESS, MAX_REPLY_BYTES, PATIENT);
    }

    /// A question that has a body, or a write that may be made twice.
    static Call harmless(String method, String path, @Nullable RawJson body) {
        return new Call(method, path, body, Repeat.HARMLESS, MAX_REPLY_BYTES, PATIENT);
    }

    static Call write(String method, String path, @Nullable RawJson body) {
        return new Call(method, path, body, Repeat.UNKNOWN, MAX_REPLY_BYTES, PATIENT);
    }

    /// A text as one segment of a path, or as the value of a parameter.
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// For messages: without query, which may name keys of users.
    String name() {
        int query = path.indexOf('?');
        return method + " /" + (query < 0 ? path : path.substring(0, query));
    }
}
