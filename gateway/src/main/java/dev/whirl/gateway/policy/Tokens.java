package dev.whirl.gateway.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.whirl.gateway.document.Security.TokenProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;

/// Checks tokens of identity providers (row G-4). What a provider said of a token counts for a minute.
public final class Tokens {
    private static final int LONGEST = 8192;
    private static final int MOST = 20_000;
    private static final int NOBODY_READS = 64 * 1024;
    private static final String MOCK_TOKEN = "test";

    /// What a token is worth.
    public sealed interface Verdict {
        record Good() implements Verdict {}

        record Bad() implements Verdict {}

        /// The provider does not answer.
        record Unknown(String reason) implements Verdict {}
    }

    private record Asked(String address, String tokenHash) {}

    private final Outside outside;
    private final SignedTokens signed;
    private final Cache<Asked, Boolean> asked = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    public Tokens(Outside outside, InstantSource clock) {
        this.outside = outside;
        this.signed = new SignedTokens(new KeySets(outside, clock), clock);
    }

    public Verdict check(String token, TokenProvider provider) {
        if (token.isEmpty() || token.length() > LONGEST) {
            return new Verdict.Bad();
        }
        return switch (provider) {
            case TokenProvider.Mock _ -> token.equals(MOCK_TOKEN) ? new Verdict.Good() : new Verdict.Bad();
            case TokenProvider.Signed rules -> signed.check(token, rules);
            case TokenProvider.Asked(String address) -> ask(address, token);
        };
    }

    private Verdict ask(String address, String token) {
        var key = new Asked(address, hash(token));
        Boolean known = asked.getIfPresent(key);
        if (known != null) {
            return known ? new Verdict.Good() : new Verdict.Bad();
        }
        try {
            int status = outside.get(address, token, NOBODY_READS).status();
            if (status >= 500 || status == 429) {
                return new Verdict.Unknown("%s answered %d".formatted(address, status));
            }
            asked.put(key, status == 200);
            return status == 200 ? new Verdict.Good() : new Verdict.Bad();
        } catch (IOException e) {
            return new Verdict.Unknown("%s: %s".formatted(address, e.getMessage()));
        }
    }

    private static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
