package dev.whirl.gateway.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys of identity providers. They are fetched again when a token names a key that is not there, at most every
/// ten seconds, and when they are an hour old; old ones count on while the provider does not answer. One request
/// fetches; others use what is there meanwhile, or wait for what it brings.
final class KeySets {
    private static final Logger LOG = LoggerFactory.getLogger(KeySets.class);
    private static final int MAX_BYTES = 256 * 1024;
    private static final int MOST = 1000;
    private static final Duration OLD = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    /// Longer than a fetch takes.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// The keys at one address. Its monitor guards all fields, and is not held while keys are fetched.
    private static final class Entry {
        private @Nullable JWKSet keys;
        private @Nullable CountDownLatch fetching;
        private Instant fetched = Instant.EPOCH;
        private Instant tried = Instant.EPOCH;
        private String failure = "they are being fetched";

        private boolean has(@Nullable String keyId) {
            return keys != null && (keyId == null || keys.getKeyByKeyId(keyId) != null);
        }
    }

    /// What a request has to do before it uses the keys.
    private sealed interface Step {
        record Use() implements Step {}

        record Fetch(CountDownLatch done) implements Step {}

        record WaitFor(CountDownLatch done) implements Step {}
    }

    private final Outside outside;
    private final InstantSource clock;
    private final Cache<String, Entry> entries =
            Caffeine.newBuilder().maximumSize(MOST).build();

    KeySets(Outside outside, InstantSource clock) {
        this.outside = outside;
        this.clock = clock;
    }

    /// @param keyId that is looked for; null for any
    /// @throws IOException if there are no keys at all
    JWKSet keys(String address, @Nullable String keyId) throws IOException {
        Entry entry = entries.get(address, _ -> new Entry());
        Instant now = clock.instant();
        switch (step(entry, keyId, now)) {
            case Step.Use() -> {
                // as they are
            }
            case Step.WaitFor(CountDownLatch done) -> await(done);
            case Step.Fetch(CountDownLatch done) -> fetch(address, entry, now, done);
        }
        synchronized (entry) {
            JWKSet known = entry.keys;
            if (known == null) {
                throw new IOException("the keys at %s can't be had: %s".formatted(address, entry.failure));
            }
            return known;
        }
    }

    private static Step step(Entry entry, @Nullable String keyId, Instant now) {
        synchronized (entry) {
            boolean isThere = entry.has(keyId);
            if (isThere && !now.isAfter(entry.fetched.plus(OLD))) {
                return new Step.Use();
            }
            CountDownLatch running = entry.fetching;
            if (running != null) {
                return isThere ? new Step.Use() : new Step.WaitFor(running);
            }
            if (!now.isAfter(entry.tried.plus(PAUSE))) {
                return new Step.Use();
            }
            entry.tried = now;
            entry.fetching = new CountDownLatch(1);
            return new Step.Fetch(entry.fetching);
        }
    }

    private static void await(CountDownLatch done) throws IOException {
        try {
            boolean _ = done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS); // what is there then counts
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private void fetch(String address, Entry entry, Instant now, CountDownLatch done) {
        try {
            Outside.Reply reply = outside.get(address, null, MAX_BYTES);
            if (reply.status() != 200) {
                throw new IOException("it answered %d".formatted(reply.status()));
            }
            JWKSet keys = JWKSet.parse(reply.body());
            synchronized (entry) {
                entry.keys = keys;
                entry.fetched = now;
            }
        } catch (IOException | ParseException e) {
            String reason = String.valueOf(e.getMessage());
            LOG.atWarn()
                    .addKeyValue("address", address)
                    .addKeyValue("reason", reason)
                    .log("keys of an identity provider can't be had");
            synchronized (entry) {
                entry.failure = reason;
            }
        } finally {
            synchronized (entry) {
                entry.fetching = null;
            }
            done.countDown();
        }
    }
}
