package dev.whirl.gateway.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.whirl.gateway.document.RateLimit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks providers whose tokens say nothing by themselves. What was said of a good token counts for a minute, of a bad
/// one for ten seconds. Whatever tokens are sent to us, a provider is asked so often and no more, because it would
/// refuse all of us; and one that does not answer is left alone for a moment.
final class AskedTokens {
    private static final Logger LOG = LoggerFactory.getLogger(AskedTokens.class);
    private static final int MOST = 20_000;
    private static final int MOST_PROVIDERS = 100;
    private static final int NOBODY_READS = 64 * 1024;
    private static final Duration GOOD = Duration.ofMinutes(1);
    private static final Duration BAD = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final RateLimit RATE = new RateLimit(20, Duration.ofSeconds(1));

    /// Who is asked about which token.
    private record Question(String address, String tokenHash) {}

    /// How a provider is doing. Its monitor guards all fields.
    private static final class Provider {
        private LeakyBucket bucket;
        private long silentUntilNanos;
        private String failure = "";

        private Provider(long nowNanos) {
            bucket = new LeakyBucket(nowNanos);
            silentUntilNanos = nowNanos;
        }

        /// Counts a question.
        ///
        /// @return why it must not be asked now
        private synchronized Optional<String> obstacle(long nowNanos) {
            if (nowNanos - silentUntilNanos < 0) {
                return Optional.of(failure);
            }
            return switch (LeakyBucket.add(bucket, RATE, nowNanos)) {
                case LeakyBucket.Decision.Allowed(LeakyBucket next) -> {
                    bucket = next;
                    yield Optional.empty();
                }
                case LeakyBucket.Decision.Refused _ -> Optional.of("it was asked too often in this second");
            };
        }

        private synchronized void failed(String reason, long nowNanos) {
            failure = reason;
            silentUntilNanos = nowNanos + PAUSE.toNanos();
        }
    }

    private final Outside outside;
    private final LongSupplier nanos;
    private final Cache<String, Provider> providers =
            Caffeine.newBuilder().maximumSize(MOST_PROVIDERS).build();
    private final Cache<Question, Boolean> answers;

    AskedTokens(Outside outside, LongSupplier nanos) {
        this.outside = outside;
        this.nanos = nanos;
        this.answers = Caffeine.newBuilder()
                .maximumSize(MOST)
                .ticker(nanos::getAsLong)
                .expireAfter(Expiry.<Question, Boolean>writing((_, isGood) -> isGood ? GOOD : BAD))
                .build();
    }

    Tokens.Verdict check(String address, String token) {
        var question = new Question(address, hash(token));
        Boolean known = answers.getIfPresent(question);
        if (known != null) {
            return verdict(known);
        }
        Provider provider = providers.get(address, _ -> new Provider(nanos.getAsLong()));
        Optional<String> obstacle = provider.obstacle(nanos.getAsLong());
        if (obstacle.isPresent()) {
            return new Tokens.Verdict.Unknown("%s: %s".formatted(address, obstacle.get()));
        }
        try {
            boolean isGood = ask(address, token);
            answers.put(question, isGood);
            return verdict(isGood);
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage());
            provider.failed(reason, nanos.getAsLong());
            LOG.atWarn()
                    .addKeyValue("address", address)
                    .addKeyValue("reason", reason)
                    .log("an identity provider does not answer");
            return new Tokens.Verdict.Unknown("%s: %s".formatted(address, reason));
        }
    }

    private boolean ask(String address, String token) throws IOException {
        int status = outside.get(address, token, NOBODY_READS).status();
        if (status >= 500 || status == 429) {
            throw new IOException("it answered %d".formatted(status));
        }
        return status == 200;
    }

    private static Tokens.Verdict verdict(boolean isGood) {
        return isGood ? new Tokens.Verdict.Good() : new Tokens.Verdict.Bad();
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
