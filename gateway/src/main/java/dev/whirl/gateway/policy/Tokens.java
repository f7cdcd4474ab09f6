package dev.whirl.gateway.policy;

import dev.whirl.gateway.document.Security.TokenProvider;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// Checks tokens of identity providers (row G-4).
public final class Tokens {
    private static final int LONGEST = 8192;
    private static final String MOCK_TOKEN = "test";

    /// What a token is worth.
    public sealed interface Verdict {
        record Good() implements Verdict {}

        record Bad() implements Verdict {}

        /// The provider does not answer.
        record Unknown(String reason) implements Verdict {}
    }

    private final SignedTokens signed;
    private final AskedTokens asked;

    /// @param nanos of any clock that never goes back
    public Tokens(Outside outside, InstantSource clock, LongSupplier nanos) {
        this.signed = new SignedTokens(new KeySets(outside, clock), clock);
        this.asked = new AskedTokens(outside, nanos);
    }

    public Verdict check(String token, TokenProvider provider) {
        if (token.isEmpty() || token.length() > LONGEST) {
            return new Verdict.Bad();
        }
        return switch (provider) {
            case TokenProvider.Mock _ -> token.equals(MOCK_TOKEN) ? new Verdict.Good() : new Verdict.Bad();
            case TokenProvider.Signed rules -> signed.check(token, rules);
            case TokenProvider.Asked(String address) -> asked.check(address, token);
        };
    }
}
