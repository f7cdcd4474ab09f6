package dev.whirl.gateway.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The keys of identity providers. They are fetched again when a token names a key that is not there, at most every
/// ten seconds, and when they are an hour old; old ones count on while the provider does not answer.
final class KeySets {
    private static final int MAX_BYTES = 256 * 1024;
    private static final int MOST = 1000;
    private static final Duration OLD = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    /// The keys at one address. The lock guards all fields; it is held while keys are fetched, so that many requests
    /// fetch once.
    private static final class Entry {
        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable JWKSet keys;
        private Instant fetched = Instant.EPOCH;
        private Instant tried = Instant.EPOCH;
        private String failure = "";
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
        entry.lock.lock();
        try {
            JWKSet known = entry.keys;
            Instant now = clock.instant();
            boolean isWanting = known == null
                    || now.isAfter(entry.fetched.plus(OLD))
                    || (keyId != null && known.getKeyByKeyId(keyId) == null);
            if (isWanting && now.isAfter(entry.tried.plus(PAUSE))) {
                known = fetch(address, entry, now);
            }
            if (known == null) {
                throw new IOException(entry.failure);
            }
            return known;
        } finally {
            entry.lock.unlock();
        }
    }

    private @Nullable JWKSet fetch(String address, Entry entry, Instant now) {
        entry.tried = now;
        try {
            Outside.Reply reply = outside.get(address, null, MAX_BYTES);
            if (reply.status() != 200) {
                throw new IOException("%s answered %d".formatted(address, reply.status()));
            }
            entry.keys = JWKSet.parse(reply.body());
            entry.fetched = now;
        } catch (IOException | ParseException e) {
            entry.failure = "the keys at %s can't be had: %s".formatted(address, e.getMessage());
        }
        return entry.keys;
    }
}
