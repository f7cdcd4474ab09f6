package dev.whirl.controller.api.http;

import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// One line of the API's table.
///
/// @param doc what is said of it beside what its method and pattern say, null if nothing
public record Route(
        String method,
        PathPattern pattern,
        Endpoint endpoint,
        @Nullable Doc doc) {
    /// What a reader of the API's description should know.
    ///
    /// @param query parameters, with their meaning
    public record Doc(String summary, SequencedMap<String, String> query) {}

    /// For everybody.
    public static Route open(String method, String pattern, Endpoint.Open endpoint) {
        return new Route(method, new PathPattern(pattern), endpoint, null);
    }

    /// For everybody; those with valid credentials are known.
    public static Route recognizing(String method, String pattern, Endpoint.Recognizing endpoint) {
        return new Route(method, new PathPattern(pattern), endpoint, null);
    }

    /// For callers with valid credentials.
    public static Route guarded(String method, String pattern, Endpoint.Guarded endpoint) {
        return new Route(method, new PathPattern(pattern), endpoint, null);
    }

    public Route described(Doc words) {
        return new Route(method, pattern, endpoint, words);
    }

    @Override
    public String toString() {
        return method + " " + pattern;
    }
}
