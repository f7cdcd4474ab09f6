package dev.whirl.gateway.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.whirl.gateway.document.RateLimit;
import dev.whirl.gateway.document.Security.TokenProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks providers whose tokens say nothing by themselves. What was said of a good token counts for a minute, of a bad
/// one for ten seconds. Whatever tokens are sent to us, a provider is asked so often and no more, because it would
/// refuse all of us; about one token it is asked once at a time, whose answer is that of all who wait. One that
/// can't be reached is left alone for a moment; other failures say nothing of other questions.
final class AskedTokens {
    private static final Logger LOG = LoggerFactory.getLogger(AskedTokens.class);
    private static final int MOST = 20_000;
    private static final int MOST_PROVIDERS = 100;
    private static final int NOBODY_READS = 64 * 1024;
    private static final Duration GOOD = Duration.ofMinutes(1);
    private static final Duration BAD = Duration.ofSeconds(10);

    /// For the answer to somebody else's question: longer than that one waits.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

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

    /// As many as there are threads that ask.
    private final ConcurrentMap<Question, CompletableFuture<Tokens.Verdict>> underWay = new ConcurrentHashMap<>();

    AskedTokens(Outside outside, LongSupplier nanos) {
        this.outside = outside;
        this.nanos = nanos;
        this.answers = Caffeine.newBuilder()
                .maximumSize(MOST)
                .ticker(nanos::getAsLong)
                .expireAfter(Expiry.<Question, Boolean>writing((_, isGood) -> isGood ? GOOD : BAD))
                .build();
    }

    Tokens.Verdict check(TokenProvider.Asked provider, String token) {
        var question = new Question(provider.address(), hash(token));
        Boolean known = answers.getIfPresent(question);
        if (known != null) {
            return verdict(known);
        }
        var mine = new CompletableFuture<Tokens.Verdict>();
        CompletableFuture<Tokens.Verdict> other = underWay.putIfAbsent(question, mine);
        if (other != null) {
            return await(question, other);
        }
        Tokens.Verdict verdict = unknown(question, "the question failed");
        try {
            Boolean meanwhile = answers.getIfPresent(question);
            verdict = meanwhile == null ? ask(question, provider, token) : verdict(meanwhile);
            return verdict;
        } finally {
            underWay.remove(question);
            mine.complete(verdict);
        }
    }

    private static Tokens.Verdict await(Question question, CompletableFuture<Tokens.Verdict> answer) {
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unknown(question, "interrupted");
        } catch (ExecutionException | TimeoutException e) {
            return unknown(question, "it did not answer in time");
        }
    }

    private Tokens.Verdict ask(Question question, TokenProvider.Asked provider, String token) {
        Provider state = providers.get(question.address(), _ -> new Provider(nanos.getAsLong()));
        Optional<String> obstacle = state.obstacle(nanos.getAsLong());
        if (obstacle.isPresent()) {
            return unknown(question, obstacle.get());
        }
        try {
            int status = outside.get(question.address(), token, NOBODY_READS).status();
            if (status != 200 && !provider.refusals().contains(status)) {
                return unknown(question, "it answered %d".formatted(status));
            }
            answers.put(question, status == 200);
            return verdict(status == 200);
        } catch (Outside.AwayException e) {
            String reason = String.valueOf(e.getMessage());
            state.failed(reason, nanos.getAsLong());
            LOG.atWarn()
                    .addKeyValue("address", question.address())
                    .addKeyValue("reason", reason)
                    .log("an identity provider does not answer");
            return unknown(question, reason);
        } catch (IOException e) {
            return unknown(question, String.valueOf(e.getMessage()));
        }
    }

    private static Tokens.Verdict unknown(Question question, String reason) {
        return new Tokens.Verdict.Unknown("%s: %s".formatted(question.address(), reason));
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
