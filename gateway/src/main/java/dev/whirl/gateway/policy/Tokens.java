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

        /// The provider does not answer, or not this question.
        record Unknown(String reason) implements Verdict {}
    }

    private final SignedTokens signed;
    private final AskedTokens asked;

    /// @param nanos of any clock that never goes back
    public Tokens(Outside outside, InstantSource clock, LongSupplier nanos) {
        this.signed = new SignedTokens(new KeySets(outside, clock), clock);
        this.asked = new AskedTokens(outside, nanos);
    }

    public Verdict check(String token, TokenProvider issuer) {
        if (token.isEmpty() || token.length() > LONGEST) {
            return new Verdict.Bad();
        }
        return switch (issuer) {
            case TokenProvider.Mock _ -> token.equals(MOCK_TOKEN) ? new Verdict.Good() : new Verdict.Bad();
            case TokenProvider.Signed rules -> signed.check(token, rules);
            case TokenProvider.Asked provider -> asked.check(provider, token);
        };
    }
}
