package dev.whirl.feeds.webhook;

import dev.whirl.feeds.feed.Signing;
import dev.whirl.feeds.feed.Signing.Stamp;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Whether a post is signed by who knows the secret. Pure.
final class SignatureCheck {
    private SignatureCheck() {}

    /// What a look at a post says.
    sealed interface Verdict {
        /// It is genuine.
        ///
        /// @param signature its own; the same again is a repetition
        record Genuine(String signature) implements Verdict {}

        /// It is not, or nobody can tell.
        record Refused(String sentence) implements Verdict {}
    }

    /// Takes the same time for all wrong signatures.
    ///
    /// @param headers names in lower case
    static Verdict check(Signing signing, Map<String, String> headers, byte[] body, Instant now) {
        String given = headers.getOrDefault(signing.header(), "");
        if (given.isEmpty()) {
            return new Verdict.Refused("The header %s is missing.".formatted(signing.header()));
        }
        var signed = new ByteArrayOutputStream(body.length + 64);
        Stamp stamp = signing.stamp();
        if (stamp != null) {
            String time = headers.getOrDefault(stamp.header(), "");
            if (!isInTime(time, stamp.tolerance(), now)) {
                return new Verdict.Refused(
                        "The header %s is missing, or its time is too far from now.".formatted(stamp.header()));
            }
            signed.writeBytes((stamp.before() + time + stamp.between()).getBytes(StandardCharsets.UTF_8));
        }
        signed.writeBytes(body);
        byte[] expected = mac(signing, signed.toByteArray());
        boolean isGenuine = decoded(signing, given)
                .filter(each -> MessageDigest.isEqual(each, expected))
                .isPresent();
        return isGenuine
                ? new Verdict.Genuine(HexFormat.of().formatHex(expected))
                : new Verdict.Refused("The signature is not valid.");
    }

    private static boolean isInTime(String seconds, Duration tolerance, Instant now) {
        if (!seconds.matches("[0-9]{1,11}")) {
            return false;
        }
        Duration distance = Duration.between(Instant.ofEpochSecond(Long.parseLong(seconds)), now)
                .abs();
        return distance.compareTo(tolerance) <= 0;
    }

    private static Optional<byte[]> decoded(Signing signing, String given) {
        if (!given.startsWith(signing.prefix())) {
            return Optional.empty();
        }
        String text = given.substring(signing.prefix().length());
        try {
            return Optional.of(
                    signing.isBase64()
                            ? Base64.getDecoder().decode(text)
                            : HexFormat.of().parseHex(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] mac(Signing signing, byte[] signed) {
        try {
            Mac mac = Mac.getInstance(signing.algorithm());
            mac.init(new SecretKeySpec(signing.secret().getBytes(StandardCharsets.UTF_8), signing.algorithm()));
            return mac.doFinal(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
