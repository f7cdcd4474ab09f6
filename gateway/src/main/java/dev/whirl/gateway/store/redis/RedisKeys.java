package dev.whirl.gateway.store.redis;

import dev.whirl.gateway.policy.Subscription;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names of keys (row G-5).
final class RedisKeys {
    private static final Pattern SUBSCRIPTION =
            Pattern.compile("subscriptions:tenant:([^:]+):api:([^:]+):key:([^:]+)(?::([^:]+))?");

    /// What means something else in a pattern than in a key.
    private static final Pattern SPECIAL = Pattern.compile("[*?\\[\\]^\\\\-]");

    private final String prefix;

    RedisKeys(String prefix) {
        this.prefix = prefix;
    }

    String tenants() {
        return prefix + "tenants";
    }

    String apis() {
        return prefix + "apis";
    }

    String version() {
        return prefix + "whirl:version";
    }

    String resources(String tenant, String path) {
        return "%sresources:%s:%s".formatted(prefix, tenant, path);
    }

    String index(String tenant) {
        return "%sresources:%s:__index__".formatted(prefix, tenant);
    }

    String subscription(Subscription it) {
        String hash = it.secretHash();
        return hash == null ? client(it) : client(it) + ":" + hash;
    }

    /// The key of a client that has no secret.
    String client(Subscription it) {
        return "%ssubscriptions:tenant:%s:api:%s:key:%s".formatted(prefix, it.tenant(), it.api(), it.client());
    }

    /// The set of all keys of an API's subscriptions.
    String clients(String tenant, String api) {
        return "%swhirl:clients:%s:%s".formatted(prefix, tenant, api);
    }

    String allSubscriptions() {
        return pattern(prefix + "subscriptions:tenant:");
    }

    /// Of all keys that begin so.
    private static String pattern(String beginning) {
        return SPECIAL.matcher(beginning).replaceAll("\\\\$0") + "*";
    }

    Optional<Subscription> parseSubscription(String key) {
        Matcher matcher = SUBSCRIPTION.matcher(key.substring(prefix.length()));
        try {
            return matcher.matches()
                    ? Optional.of(
                            new Subscription(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4)))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // somebody else's
        }
    }
}
