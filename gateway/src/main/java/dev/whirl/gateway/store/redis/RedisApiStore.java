package dev.whirl.gateway.store.redis;

import dev.whirl.gateway.policy.Subscription;
import dev.whirl.gateway.store.ApiStore;
import dev.whirl.gateway.store.RedisAddress;
import dev.whirl.gateway.store.StoredApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Transaction;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/// Keeps APIs in Redis. Each write is one transaction that counts up the key `whirl:version`, which tells other
/// gateways to read again.
public final class RedisApiStore implements ApiStore {
    private static final int ATTEMPTS = 20;
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
    public long version() {
        return connection.call(jedis -> Optional.ofNullable(jedis.get(keys.version()))
                .map(Long::parseLong)
                .orElse(0L));
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public void put(StoredApi api, @Nullable StoredApi expected) throws ConflictException {
        change(api.id(), expected, transaction -> {
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
    }

    @Override
    public void remove(StoredApi expected) throws ConflictException {
        change(expected.id(), expected, transaction -> {
            transaction.hdel(keys.apis(), expected.id());
            removeResources(transaction, expected);
        });
        connection.call(jedis -> {
            for (String each : scan(jedis, keys.subscriptionsOf(expected.tenant(), expected.id()))) {
                jedis.del(each);
            }
            return jedis.incr(keys.version());
        });
    }

    @Override
    public void put(Subscription subscription) {
        connection.call(jedis -> {
            List<String> old = scan(jedis, keys.subscriptionAndSecrets(subscription));
            Transaction transaction = jedis.multi();
            old.forEach(transaction::del);
            transaction.del(keys.client(subscription));
            transaction.set(keys.subscription(subscription), "");
            transaction.incr(keys.version());
            return transaction.exec();
        });
    }

    @Override
    public void remove(Subscription subscription) {
        connection.call(jedis -> {
            Transaction transaction = jedis.multi();
            transaction.del(keys.subscription(subscription));
            transaction.incr(keys.version());
            return transaction.exec();
        });
    }

    @Override
    public void close() {
        connection.close();
    }

    private interface Writes {
        void into(Transaction transaction);
    }

    /// Others may write other APIs meanwhile, which share a key with this one: then it is tried again.
    private void change(String id, @Nullable StoredApi expected, Writes writes) throws ConflictException {
        for (int i = 0; i < ATTEMPTS; i++) {
            Outcome outcome = connection.call(jedis -> attempt(jedis, id, expected, writes));
            if (outcome == Outcome.DONE) {
                return;
            }
            if (outcome == Outcome.OTHER) {
                break;
            }
        }
        throw new ConflictException();
    }

    private enum Outcome {
        DONE,
        AGAIN,
        OTHER
    }

    private Outcome attempt(Jedis jedis, String id, @Nullable StoredApi expected, Writes writes) {
        jedis.watch(keys.apis());
        StoredApi there = Optional.ofNullable(jedis.hget(keys.apis(), id))
                .flatMap(RedisForms::api)
                .orElse(null);
        if (!Objects.equals(there, expected)) {
            jedis.unwatch();
            return Outcome.OTHER;
        }
        Transaction transaction = jedis.multi();
        writes.into(transaction);
        transaction.incr(keys.version());
        return transaction.exec() == null ? Outcome.AGAIN : Outcome.DONE;
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
