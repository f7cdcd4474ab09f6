package dev.whirl.gateway.policy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.whirl.gateway.document.Security.TokenProvider;
import java.io.IOException;
import java.security.PublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Date;
import java.util.Set;

/// Checks signed tokens (RFC 7519): signature, time, issuer, audience. Only algorithms with public keys count, so that
/// nobody signs with what everybody can read, or not at all (RFC 8725, 2.1).
final class SignedTokens {
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(60);
    private static final Set<String> ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

    private final KeySets keySets;
    private final InstantSource clock;

    SignedTokens(KeySets keySets, InstantSource clock) {
        this.keySets = keySets;
        this.clock = clock;
    }

    Tokens.Verdict check(String text, TokenProvider.Signed rules) {
        try {
            SignedJWT token = SignedJWT.parse(text);
            boolean isGood = ALGORITHMS.contains(
                            token.getHeader().getAlgorithm().getName())
                    && claimsFit(token.getJWTClaimsSet(), rules, clock.instant())
                    && isSigned(
                            token, keySets.keys(rules.keys(), token.getHeader().getKeyID()));
            return isGood ? new Tokens.Verdict.Good() : new Tokens.Verdict.Bad();
        } catch (ParseException | JOSEException e) {
            return new Tokens.Verdict.Bad();
        } catch (IOException e) {
            return new Tokens.Verdict.Unknown(String.valueOf(e.getMessage()));
        }
    }

    /// A token without an end counts for nothing.
    private static boolean claimsFit(JWTClaimsSet claims, TokenProvider.Signed rules, Instant now) {
        Date end = claims.getExpirationTime();
        Date start = claims.getNotBeforeTime();
        boolean isInTime = end != null
                && end.toInstant().isAfter(now.minus(CLOCKS_DIFFER))
                && (start == null || start.toInstant().isBefore(now.plus(CLOCKS_DIFFER)));
        boolean isOfIssuer = rules.issuers().isEmpty()
                || (claims.getIssuer() != null && rules.issuers().contains(claims.getIssuer()));
        boolean isForUs = rules.audience().isEmpty() || !Collections.disjoint(rules.audience(), claims.getAudience());
        return isInTime && isOfIssuer && isForUs;
    }

    private static boolean isSigned(SignedJWT token, JWKSet keys) throws JOSEException {
        JWKMatcher matcher = JWKMatcher.forJWSHeader(token.getHeader());
        for (JWK key : new JWKSelector(matcher).select(keys)) {
            if (key instanceof AsymmetricJWK pair) {
                PublicKey publicKey = pair.toPublicKey();
                JWSVerifier verifier = new DefaultJWSVerifierFactory().createJWSVerifier(token.getHeader(), publicKey);
                if (token.verify(verifier)) {
                    return true;
                }
            }
        }
        return false;
    }
}
