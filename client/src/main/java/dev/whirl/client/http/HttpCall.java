package dev.whirl.client.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// One request.
///
/// @param target path and query as they go on the wire
/// @param url the same with scheme and host, for people
/// @param headers without those of the connection and without credentials
/// @param body JSON; null for a request without one. Not to be changed
@SuppressWarnings("ArrayRecordComponent") // a value on its way, never compared
public record HttpCall(
        String method, String target, String url, SequencedMap<String, String> headers, byte @Nullable [] body) {
    public HttpCall {
        headers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(headers));
    }

    public static HttpCall withoutBody(String method, String target, String url, SequencedMap<String, String> headers) {
        return new HttpCall(method, target, url, headers, null);
    }

    /// Whether sending it twice has the same effect, and the same answer, as once. Something that
    /// is created or deleted for the second time is refused.
    boolean isRepeatable() {
        return switch (method) {
            case "GET", "HEAD" -> true;
            case "PUT" -> target.contains("overwrite=true");
            default -> false;
        };
    }
}
