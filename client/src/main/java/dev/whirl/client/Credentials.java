package dev.whirl.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// The API key `uuid:key`. Prints without its secret.
public record Credentials(String token) {
    /// The value of the `Authorization` header.
    public String header() {
        return "Basic " + Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        int colon = token.indexOf(':');
        return colon < 0 ? "…" : token.substring(0, colon) + ":…";
    }
}
