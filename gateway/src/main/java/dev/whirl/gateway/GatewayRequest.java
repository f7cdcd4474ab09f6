package dev.whirl.gateway;

import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A request, as the gateway gets to know it.
///
/// @param path below `/api`, as it was sent: `/tenant/base/path`
/// @param query as it was sent
/// @param headers names in lower case
/// @param body read only if that is needed
public record GatewayRequest(
        String method, String path, String query, SequencedMap<String, String> headers, Body body) {
    /// Reads the body.
    public interface Body {
        byte[] bytes();
    }

    /// A header, by its name in lower case.
    public @Nullable String header(String name) {
        return headers.get(name);
    }
}
