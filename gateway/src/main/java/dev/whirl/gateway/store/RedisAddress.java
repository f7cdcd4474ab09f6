package dev.whirl.gateway.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where Redis is. Prints without its password.
///
/// @param uri `redis://[user][:password]@host:port[/database]`, or `rediss://` over TLS
/// @param snapshot a part of the keys (row G-5); empty for none
/// @param trust certificates (PEM) of those who vouch for the server; null for those that Java trusts
public record RedisAddress(
        URI uri, String snapshot, @Nullable Path trust) {
    /// One whose certificate must come from those that Java trusts.
    ///
    /// @throws IllegalArgumentException with what is wrong
    public static RedisAddress parse(String text, String snapshot) {
        URI uri = uri(text);
        boolean isRedis = "redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme());
        if (!isRedis || uri.getHost() == null || uri.getPort() < 0) {
            throw new IllegalArgumentException("it must have the form redis://:password@host:6379/0");
        }
        return new RedisAddress(uri, snapshot, null);
    }

    /// The same with other certificates to trust.
    public RedisAddress trusting(@Nullable Path certificates) {
        return new RedisAddress(uri, snapshot, certificates);
    }

    /// The text may hold a password, which must not get into the message.
    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException _) {
            throw new IllegalArgumentException("it must have the form redis://:password@host:6379/0");
        }
    }

    /// What all keys begin with.
    public String prefix() {
        return snapshot.isEmpty() ? "" : "snapshots:" + snapshot + ":";
    }

    @Override
    public String toString() {
        return "%s:%d".formatted(uri.getHost(), uri.getPort());
    }
}
