package dev.whirl.gateway.store.redis;

import dev.whirl.gateway.policy.Subscription;
import dev.whirl.gateway.store.ApiStore;
import dev.whirl.gateway.store.RedisAddress;
import dev.whirl.gateway.store.StoredApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Transaction;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/// Keeps APIs in Redis. Each write is one transaction that also puts a random text under the key
/// `whirl:version`, which tells other gateways to read again: a number would come again where Redis lost writes. Each
/// also watches that key from before its first look on, so that whatever it saw is still
/// so when it writes: of two writes at once one begins anew.
public final class RedisApiStore implements ApiStore {
    private static final int ATTEMPTS = 30;
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(2);
    private static final int PAGE = 1000;

    private final RedisConnection connection;
    private final RedisKeys keys;

    public RedisApiStore(RedisAddress address) {
        this.connection = new RedisConnection(address);
        this.keys = new RedisKeys(address.prefix());
    }

    @Override
    public Contents read() {
        return connection.call(jedis -> {
            List<StoredApi> apis = jedis.hgetAll(keys.apis()).values().stream()
                    .flatMap(each -> RedisForms.api(each).stream())
                    .toList();
            return new Contents(apis, subscriptions(jedis));
        });
    }

    @Override
    public String version() {
        return connection.call(
                jedis -> Optional.ofNullable(jedis.get(keys.version())).orElse(""));
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public void put(StoredApi api, @Nullable StoredApi expected) throws ConflictException {
        change(jedis -> {
            if (!isThere(jedis, api.id(), expected)) {
                return Optional.empty();
            }
            List<String> strays = expected == null ? subscriptionsOf(jedis, api) : List.of(); // of whoever had its id
            return Optional.of(transaction -> {
                strays.forEach(transaction::del);
                if (expected != null) {
                    removeResources(transaction, expected);
                }
                transaction.hset(keys.tenants(), api.tenant(), RedisForms.tenant(api.tenant()));
                transaction.hset(keys.apis(), api.id(), RedisForms.text(api));
                RedisForms.resources(api).forEach((path, resource) -> {
                    transaction.hset(keys.resources(api.tenant(), path), "resources", resource);
                    transaction.sadd(keys.index(api.tenant()), keys.resources(api.tenant(), path));
                });
            });
        });
    }

    @Override
    public void remove(StoredApi expected) throws ConflictException {
        change(jedis -> {
            if (!isThere(jedis, expected.id(), expected)) {
                return Optional.empty();
            }
            List<String> subscriptions = subscriptionsOf(jedis, expected);
            return Optional.of(transaction -> {
                transaction.hdel(keys.apis(), expected.id());
                removeResources(transaction, expected);
                subscriptions.forEach(transaction::del);
            });
        });
    }

    @Override
    public void put(Subscription subscription) throws ConflictException {
        change(jedis -> {
            if (!hasApi(jedis, subscription)) {
                return Optional.empty();
            }
            List<String> old = keysOf(jedis, subscription);
            return Optional.of(transaction -> {
                old.forEach(transaction::del);
                transaction.set(keys.subscription(subscription), "");
            });
        });
    }

    @Override
    public void remove(Subscription subscription) throws ConflictException {
        change(jedis -> {
            List<String> old = keysOf(jedis, subscription);
            return Optional.of(transaction -> old.forEach(transaction::del));
        });
    }

    @Override
    public void close() {
        connection.close();
    }

    /// What is written together.
    private interface Writes {
        void into(Transaction transaction);
    }

    /// Looks at what is there, and says what to write.
    private interface Plan {
        /// @return empty if the change comes too late
        Optional<Writes> of(Jedis jedis);
    }

    /// Begins anew while others write: whatever they wrote, the plan has to look again.
    private void change(Plan plan) throws ConflictException {
        for (int i = 0; i < ATTEMPTS; i++) {
            switch (connection.call(jedis -> attempt(jedis, plan))) {
                case DONE -> {
                    return;
                }
                case TOO_LATE -> throw new ConflictException();
                case AGAIN ->
                    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong((i + 1) * SHORTEST_PAUSE.toNanos()));
            }
        }
        throw new ConflictException();
    }

    private enum Outcome {
        DONE,
        AGAIN,
        TOO_LATE
    }

    private Outcome attempt(Jedis jedis, Plan plan) {
        jedis.watch(keys.version(), keys.apis()); // OpenWhisk's own gateway writes the second without the first
        Optional<Writes> writes = plan.of(jedis);
        if (writes.isEmpty()) {
            jedis.unwatch();
            return Outcome.TOO_LATE;
        }
        Transaction transaction = jedis.multi();
        writes.get().into(transaction);
        transaction.set(keys.version(), UUID.randomUUID().toString());
        return connection.end(transaction::exec) == null ? Outcome.AGAIN : Outcome.DONE;
    }

    private boolean isThere(Jedis jedis, String id, @Nullable StoredApi expected) {
        return Objects.equals(api(jedis, id).orElse(null), expected);
    }

    /// A client of nothing would be one of whatever gets the same id later.
    private boolean hasApi(Jedis jedis, Subscription subscription) {
        return api(jedis, subscription.api())
                .filter(each -> each.tenant().equals(subscription.tenant()))
                .isPresent();
    }

    private Optional<StoredApi> api(Jedis jedis, String id) {
        return Optional.ofNullable(jedis.hget(keys.apis(), id)).flatMap(RedisForms::api);
    }

    private List<String> subscriptionsOf(Jedis jedis, StoredApi api) {
        return scan(jedis, keys.subscriptionsOf(api.tenant(), api.id()));
    }

    /// Whatever the client's secrets were.
    private List<String> keysOf(Jedis jedis, Subscription subscription) {
        List<String> all = scan(jedis, keys.subscriptionAndSecrets(subscription));
        all.add(keys.client(subscription));
        return all;
    }

    private void removeResources(Transaction transaction, StoredApi api) {
        RedisForms.resources(api).keySet().forEach(path -> {
            transaction.del(keys.resources(api.tenant(), path));
            transaction.srem(keys.index(api.tenant()), keys.resources(api.tenant(), path));
        });
    }

    private List<Subscription> subscriptions(Jedis jedis) {
        return scan(jedis, keys.allSubscriptions()).stream()
                .flatMap(each -> keys.parseSubscription(each).stream())
                .toList();
    }

    private static List<String> scan(Jedis jedis, String pattern) {
        var found = new ArrayList<String>();
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            ScanResult<String> page =
                    jedis.scan(cursor, new ScanParams().match(pattern).count(PAGE));
            found.addAll(page.getResult());
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        return found;
    }
}
