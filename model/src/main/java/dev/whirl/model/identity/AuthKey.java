package dev.whirl.model.identity;

import static dev.whirl.common.Preconditions.require;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/// The credentials of a subject in a namespace: `uuid:key` (row A-1). Prints without its secret.
public record AuthKey(String uuid, String secret) {
    public AuthKey {
        require(!uuid.isEmpty() && !secret.isEmpty(), "a key has the form uuid:secret");
    }

    public static Optional<AuthKey> parse(String text) {
        int colon = text.indexOf(':');
        return colon <= 0 || colon == text.length() - 1
                ? Optional.empty()
                : Optional.of(new AuthKey(text.substring(0, colon), text.substring(colon + 1)));
    }

    /// Compares in a time that does not tell where the secrets differ (attack 32).
    public boolean matches(AuthKey other) {
        return uuid.equals(other.uuid) && MessageDigest.isEqual(utf8(secret), utf8(other.secret));
    }

    /// `uuid:key` in full, as a client sends it.
    public String reveal() {
        return uuid + ":" + secret;
    }

    @Override
    public String toString() {
        return uuid + ":…";
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
