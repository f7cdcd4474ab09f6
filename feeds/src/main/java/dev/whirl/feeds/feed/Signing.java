package dev.whirl.feeds.feed;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How posts are signed: an HMAC (RFC 2104) of the body, or of a time and the body, in a header.
///
/// @param header in lower case
/// @param algorithm as Java calls it: `HmacSHA256`
/// @param isBase64 whether the signature is in Base64; else in hexadecimal digits
/// @param prefix before the signature, in the header
/// @param stamp null where no time is signed
public record Signing(
        String secret,
        String header,
        String algorithm,
        boolean isBase64,
        String prefix,
        @Nullable Stamp stamp) {
    /// The time of a post, in seconds since 1970, which is signed with the body: `before time between body`.
    ///
    /// @param header in lower case
    /// @param tolerance a post that is older, or newer, is refused
    public record Stamp(String header, String before, String between, Duration tolerance) {}

    /// https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
    static Signing github(String secret) {
        return new Signing(secret, "x-hub-signature-256", "HmacSHA256", false, "sha256=", null);
    }

    /// https://api.slack.com/authentication/verifying-requests-from-slack
    static Signing slack(String secret) {
        var stamp = new Stamp("x-slack-request-timestamp", "v0:", ":", Duration.ofMinutes(5));
        return new Signing(secret, "x-slack-signature", "HmacSHA256", false, "v0=", stamp);
    }

    /// Prints without the secret.
    @Override
    public String toString() {
        return "Signing[%s %s]".formatted(algorithm, header);
    }
}
