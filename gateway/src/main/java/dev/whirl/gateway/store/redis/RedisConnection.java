package dev.whirl.gateway.store.redis;

import dev.whirl.common.tls.TrustedCertificates;
import dev.whirl.gateway.store.ApiStoreException;
import dev.whirl.gateway.store.RedisAddress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisURIHelper;

/// One connection, made when it is needed and again when it broke. The lock guards the connection; it is held for one
/// piece of work, which ends in bounded time.
final class RedisConnection implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 2000;

    /// Certificates are none.
    private static final char[] NO_SECRET = "none".toCharArray();

    private final RedisAddress address;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Jedis jedis;

    RedisConnection(RedisAddress address) {
        this.address = address;
    }

    /// A connection that had been idle may have been cut meanwhile: then the work is begun once more on a new one. A
    /// connection on which work failed is not used again: it may be in the middle of a transaction.
    ///
    /// @throws ApiStoreException if Redis can't be reached, or refuses
    <T> T call(Function<Jedis, T> work) {
        lock.lock();
        try {
            boolean isOld = jedis != null;
            try {
                return attempt(work);
            } catch (JedisConnectionException e) {
                if (!isOld || isTimeout(e)) {
                    throw e;
                }
                return attempt(work);
            }
        } catch (JedisException e) {
            throw new ApiStoreException(sentence(e), e);
        } finally {
            lock.unlock();
        }
    }

    private <T> T attempt(Function<Jedis, T> work) {
        boolean isDone = false;
        try {
            T result = work.apply(open());
            isDone = true;
            return result;
        } finally {
            if (!isDone) {
                drop();
            }
        }
    }

    /// Who does not answer in time does not answer a second time either.
    private static boolean isTimeout(JedisConnectionException e) {
        return e.getCause() instanceof SocketTimeoutException;
    }

    /// Runs what ends a piece of work. Where its answer is lost, nobody knows what became of it.
    ///
    /// @throws ApiStoreException that says so
    <T> T end(Supplier<T> last) {
        try {
            return last.get();
        } catch (JedisConnectionException e) {
            throw ApiStoreException.uncertain(sentence(e), e);
        }
    }

    private String sentence(JedisException e) {
        return "Redis at %s: %s".formatted(address, e.getMessage());
    }

    private Jedis open() {
        Jedis known = jedis;
        if (known == null) {
            known = new Jedis(JedisURIHelper.getHostAndPort(address.uri()), config(address));
            jedis = known;
        }
        return known;
    }

    private static JedisClientConfig config(RedisAddress address) {
        URI uri = address.uri();
        DefaultJedisClientConfig.Builder builder = DefaultJedisClientConfig.builder()
                .timeoutMillis(TIMEOUT_MILLIS)
                .user(JedisURIHelper.getUser(uri))
                .password(JedisURIHelper.getPassword(uri))
                .database(JedisURIHelper.getDBIndex(uri))
                .autoNegotiateProtocol(false);
        if (!JedisURIHelper.isRedisSSLScheme(uri)) {
            return builder.build();
        }
        Path trust = address.trust();
        return builder.sslOptions(trust == null ? SslOptions.defaults() : trusting(trust))
                .build();
    }

    private static SslOptions trusting(Path certificates) {
        var store = new ByteArrayOutputStream();
        try {
            TrustedCertificates.store(certificates).store(store, NO_SECRET);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) { // changed since the start
            throw new JedisConnectionException("gateway.redis.trust: " + e.getMessage(), e);
        }
        return SslOptions.builder()
                .trustStoreType(TrustedCertificates.STORE_TYPE)
                .truststore(() -> new ByteArrayInputStream(store.toByteArray()), NO_SECRET)
                .sslVerifyMode(SslVerifyMode.FULL)
                .build();
    }

    private void drop() {
        Jedis known = jedis;
        jedis = null;
        if (known != null) {
            try {
                known.close();
            } catch (JedisException e) {
                // it was broken
            }
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            drop();
        } finally {
            lock.unlock();
        }
    }
}
