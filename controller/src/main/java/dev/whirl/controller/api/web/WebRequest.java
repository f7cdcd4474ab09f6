package dev.whirl.controller.api.web;

import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// An HTTP request, as a function gets to know it. Immutable; nobody changes the bytes of the body.
final class WebRequest {
    private final String method;
    private final SequencedMap<String, String> headers;
    private final String path;
    private final String query;
    private final byte[] body;
    private final @Nullable String user;

    /// @param headers names in lower case
    /// @param path what follows the action's name in the address
    /// @param query as it was sent
    /// @param body empty if there is none
    /// @param user the namespace of a caller who showed valid credentials
    WebRequest(
            String method,
            SequencedMap<String, String> headers,
            String path,
            String query,
            byte[] body,
            @Nullable String user) {
        this.method = method;
        this.headers = headers;
        this.path = path;
        this.query = query;
        this.body = body;
        this.user = user;
    }

    String method() {
        return method;
    }

    SequencedMap<String, String> headers() {
        return headers;
    }

    String path() {
        return path;
    }

    String query() {
        return query;
    }

    byte[] body() {
        return body;
    }

    @Nullable
    String user() {
        return user;
    }

    /// The body as text, in the encoding that its type says.
    String text() {
        return new String(body, MediaType.charset(headers.get("content-type")));
    }

    MediaType type() {
        return MediaType.ofRequest(headers.getOrDefault("content-type", ""));
    }
}
