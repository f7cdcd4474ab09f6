package dev.whirl.model.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Comparing what a request shows with the credentials of an operator.
public final class OperatorCredentials {
    private OperatorCredentials() {}

    /// Takes the same time for all wrong ones (attack 32).
    ///
    /// @param expected `user:password`; empty: nobody has them
    /// @param header the value of `Authorization`, null if there is none
    public static boolean areIn(@Nullable String header, String expected) {
        if (expected.isEmpty() || header == null) {
            return false;
        }
        String wanted = "Basic " + Base64.getEncoder().encodeToString(expected.getBytes(StandardCharsets.UTF_8));
        return MessageDigest.isEqual(wanted.getBytes(StandardCharsets.UTF_8), header.getBytes(StandardCharsets.UTF_8));
    }
}
