package dev.whirl.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.whirl.common.time.ManualClock;
import dev.whirl.gateway.document.Security.TokenProvider;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("G-4")
class SignedTokensTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final String KEYS = "https://my.auth.example/keys";
    private static final TokenProvider.Signed RULES = new TokenProvider.Signed(KEYS, List.of("me"), List.of("shop"));

    private static RSAKey rsa;
    private static RSAKey strange;
    private static ECKey curve;

    private final ManualClock clock = new ManualClock(NOW);
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile List<JWK> published = List.of();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private final Tokens tokens = new Tokens((_, _, _) -> fetch(), clock, System::nanoTime);

    @BeforeAll
    static void makeKeys() throws JOSEException {
        rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
        strange = new RSAKeyGenerator(2048).keyID("rsa").generate();
        curve = new ECKeyGenerator(Curve.P_256).keyID("curve").generate();
    }

    @BeforeEach
    void publish() {
        published = List.of(rsa, curve);
    }

    private Outside.Reply fetch() throws IOException {
        fetches.incrementAndGet();
        try {
            assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (published.isEmpty()) {
            throw new IOException("no route to host");
        }
        return new Outside.Reply(200, new JWKSet(published).toString());
    }

    @Test
    void whatTheProviderSignedForUsIsGood() throws JOSEException {
        assertThat(check(signed(rsa, claims()))).isInstanceOf(Tokens.Verdict.Good.class);
        assertThat(check(signed(curve, claims()))).isInstanceOf(Tokens.Verdict.Good.class);
        assertThat(fetches).hasValue(1);
    }

    @Test
    void forgedOldEarlyAndForeignTokensAreBad() throws JOSEException {
        assertThat(check(signed(strange, claims()))).isInstanceOf(Tokens.Verdict.Bad.class);
        assertThat(check(signed(rsa, claims().expirationTime(at(-61))))).isInstanceOf(Tokens.Verdict.Bad.class);
        assertThat(check(signed(rsa, claims().expirationTime(null)))).isInstanceOf(Tokens.Verdict.Bad.class);
        assertThat(check(signed(rsa, claims().notBeforeTime(at(120))))).isInstanceOf(Tokens.Verdict.Bad.class);
        assertThat(check(signed(rsa, claims().issuer("you")))).isInstanceOf(Tokens.Verdict.Bad.class);
        assertThat(check(signed(rsa, claims().audience("bank")))).isInstanceOf(Tokens.Verdict.Bad.class);
        assertThat(check("a.b.c")).isInstanceOf(Tokens.Verdict.Bad.class);
        assertThat(check("x".repeat(9000))).isInstanceOf(Tokens.Verdict.Bad.class);
        String good = signed(rsa, claims());
        assertThat(check(good.substring(0, good.length() - 8) + "AAAAAAAA")).isInstanceOf(Tokens.Verdict.Bad.class);
    }

    @Test
    void tokensWithoutAPublicKeysSignatureAreBad() throws JOSEException {
        byte[] publicKey = rsa.toPublicKey().getEncoded();

        String plain = new PlainJWT(claims().build()).serialize();
        String byPublicKey = sign(new MACSigner(publicKey), JWSAlgorithm.HS256, "rsa", claims());

        assertThat(check(plain)).isInstanceOf(Tokens.Verdict.Bad.class);
        assertThat(check(byPublicKey)).isInstanceOf(Tokens.Verdict.Bad.class);
    }

    @Test
    void newKeysAreFetchedAndOldOnesCountWhileTheProviderIsAway() throws JOSEException {
        published = List.of(curve);
        assertThat(check(signed(curve, claims()))).isInstanceOf(Tokens.Verdict.Good.class);
        assertThat(check(signed(rsa, claims()))).isInstanceOf(Tokens.Verdict.Bad.class);
        assertThat(fetches).hasValue(1);

        published = List.of(curve, rsa);
        clock.advance(Duration.ofSeconds(11));
        assertThat(check(signed(rsa, claims()))).isInstanceOf(Tokens.Verdict.Good.class);
        assertThat(fetches).hasValue(2);

        published = List.of();
        clock.advance(Duration.ofHours(2));
        String fresh = signed(rsa, claims().expirationTime(at(3 * 3600)));
        assertThat(check(fresh)).isInstanceOf(Tokens.Verdict.Good.class);
    }

    @Test
    void withoutAnyKeysNothingCanBeSaid() throws JOSEException {
        published = List.of();

        assertThat(check(signed(rsa, claims()))).isInstanceOf(Tokens.Verdict.Unknown.class);
    }

    @Test
    void whileKeysAreFetchedOthersUseTheOldOnes() throws Exception {
        assertThat(check(signed(rsa, claims()))).isInstanceOf(Tokens.Verdict.Good.class);
        clock.advance(Duration.ofHours(2));
        String fresh = signed(rsa, claims().expirationTime(at(3 * 3600)));
        gate = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Tokens.Verdict> fetching = threads.submit(() -> check(fresh));
            Awaitility.await().untilAsserted(() -> assertThat(fetches).hasValue(2));

            assertThat(threads.submit(() -> check(fresh)).get(5, TimeUnit.SECONDS))
                    .isInstanceOf(Tokens.Verdict.Good.class);
            assertThat(fetching.isDone()).isFalse();
            gate.countDown();
            assertThat(fetching.get(20, TimeUnit.SECONDS)).isInstanceOf(Tokens.Verdict.Good.class);
        } finally {
            gate.countDown();
        }
        assertThat(fetches).hasValue(2);
    }

    @Test
    void whoeverNeedsKeysThatAreBeingFetchedWaitsForTheOneFetch() throws Exception {
        gate = new CountDownLatch(1);
        String good = signed(rsa, claims());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Tokens.Verdict>> all = IntStream.range(0, 20)
                    .mapToObj(_ -> threads.submit(() -> check(good)))
                    .toList();
            Awaitility.await().untilAsserted(() -> assertThat(fetches).hasValue(1));
            gate.countDown();
            for (Future<Tokens.Verdict> each : all) {
                assertThat(each.get(20, TimeUnit.SECONDS)).isInstanceOf(Tokens.Verdict.Good.class);
            }
        } finally {
            gate.countDown();
        }
        assertThat(fetches).hasValue(1);
    }

    private Tokens.Verdict check(String token) {
        return tokens.check(token, RULES);
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder().issuer("me").audience("shop").expirationTime(at(300));
    }

    private static Date at(long seconds) {
        return Date.from(NOW.plusSeconds(seconds));
    }

    private static String signed(RSAKey key, JWTClaimsSet.Builder claims) throws JOSEException {
        return sign(new RSASSASigner(key), JWSAlgorithm.RS256, key.getKeyID(), claims);
    }

    private static String signed(ECKey key, JWTClaimsSet.Builder claims) throws JOSEException {
        return sign(new ECDSASigner(key), JWSAlgorithm.ES256, key.getKeyID(), claims);
    }

    private static String sign(JWSSigner signer, JWSAlgorithm algorithm, String keyId, JWTClaimsSet.Builder claims)
            throws JOSEException {
        var token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(keyId).build(), claims.build());
        token.sign(signer);
        return token.serialize();
    }
}
