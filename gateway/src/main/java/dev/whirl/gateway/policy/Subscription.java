package dev.whirl.gateway.policy;

import static dev.whirl.common.Preconditions.require;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A client of an API (row G-2). Of its secret only a hash is kept.
///
/// @param secretHash in hexadecimal; null if the client has no secret
public record Subscription(
        String tenant, String api, String client, @Nullable String secretHash) {
    private static final Pattern CLIENT = Pattern.compile("[A-Za-z0-9._~@-]{1,128}");

    public Subscription {
        require(CLIENT.matcher(client).matches(), "client_id may have letters, digits and ._~@-, at most 128");
    }

    public static Subscription of(String tenant, String api, String client, @Nullable String secret) {
        return new Subscription(tenant, api, client, secret == null ? null : hash(tenant, api, client, secret));
    }

    /// Who it is.
    public Id id() {
        return new Id(tenant, api, client);
    }

    /// Names a subscription.
    public record Id(String tenant, String api, String client) {}

    /// Compares in a time that does not tell where they differ.
    public boolean hasSecret(@Nullable String shown) {
        return shown != null
                && Optional.ofNullable(secretHash)
                        .filter(expected ->
                                MessageDigest.isEqual(utf8(expected), utf8(hash(tenant, api, client, shown))))
                        .isPresent();
    }

    /// What it belongs to goes in too, so that equal secrets have different hashes.
    private static String hash(String tenant, String api, String client, String secret) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (String each : new String[] {tenant, api, client, secret}) {
                byte[] bytes = utf8(each);
                sha256.update(utf8(bytes.length + ":"));
                sha256.update(bytes);
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "Subscription[%s, %s, %s]".formatted(tenant, api, client);
    }
}
