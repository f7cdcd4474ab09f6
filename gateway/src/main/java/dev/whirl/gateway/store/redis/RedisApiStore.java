package dev.whirl.gateway.store.redis;

import dev.whirl.gateway.policy.Subscription;
import dev.whirl.gateway.store.ApiStore;
import dev.whirl.gateway.store.RedisAddress;
import dev.whirl.gateway.store.StoredApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Gatherers;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Transaction;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/// Keeps APIs in Redis. Each write is one transaction that also puts a random text under the key `whirl:version`, which
/// tells other gateways to read again: a number would come again where Redis lost writes.
///
/// Each write also watches what it looks at from before its first look on, so that whatever it saw is still so when it
/// writes: of two such writes at once one begins anew. It looks at nothing but the APIs and the clients of one of them,
/// which an index names: who revokes a client is not kept waiting by those who change other APIs.
public final class RedisApiStore implements ApiStore {
    private static final int ATTEMPTS = 30;
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(2);
    private static final int PAGE = 1000;

    private final RedisConnection connection;
    private final RedisKeys keys;
    private volatile boolean isIndexed;

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
        String clients = keys.clients(api.tenant(), api.id());
        change(List.of(keys.apis(), clients), jedis -> {
            if (!isThere(jedis, api.id(), expected)) {
                return Optional.empty();
            }
            Set<String> strays = expected == null ? jedis.smembers(clients) : Set.of(); // of whoever had its id
            return Optional.of(transaction -> {
                remove(transaction, clients, strays);
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
        String clients = keys.clients(expected.tenant(), expected.id());
        change(List.of(keys.apis(), clients), jedis -> {
            if (!isThere(jedis, expected.id(), expected)) {
                return Optional.empty();
            }
            Set<String> subscriptions = jedis.smembers(clients);
            return Optional.of(transaction -> {
                transaction.hdel(keys.apis(), expected.id());
                removeResources(transaction, expected);
                remove(transaction, clients, subscriptions);
            });
        });
    }

    @Override
    public void put(Subscription subscription) throws ConflictException {
        String clients = keys.clients(subscription.tenant(), subscription.api());
        change(List.of(keys.apis(), clients), jedis -> {
            if (!hasApi(jedis, subscription)) {
                return Optional.empty();
            }
            List<String> old = keysOf(jedis, clients, subscription);
            return Optional.of(transaction -> {
                remove(transaction, clients, old);
                transaction.set(keys.subscription(subscription), "");
                transaction.sadd(clients, keys.subscription(subscription));
            });
        });
    }

    @Override
    public void remove(Subscription subscription) throws ConflictException {
        String clients = keys.clients(subscription.tenant(), subscription.api());
        change(List.of(clients), jedis -> {
            List<String> old = keysOf(jedis, clients, subscription);
            return Optional.of(transaction -> remove(transaction, clients, old));
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
    ///
    /// @param watched all keys that the plan looks at
    private void change(List<String> watched, Plan plan) throws ConflictException {
        if (!isIndexed) {
            connection.call(this::subscriptions);
        }
        for (int i = 0; i < ATTEMPTS; i++) {
            switch (connection.call(jedis -> attempt(jedis, watched, plan))) {
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

    private Outcome attempt(Jedis jedis, List<String> watched, Plan plan) {
        jedis.watch(watched.toArray(String[]::new));
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

    /// Whatever the client's secrets were.
    private List<String> keysOf(Jedis jedis, String clients, Subscription subscription) {
        String client = keys.client(subscription);
        return jedis.smembers(clients).stream()
                .filter(each -> each.equals(client) || each.startsWith(client + ":"))
                .toList();
    }

    private static void remove(Transaction transaction, String clients, Collection<String> subscriptions) {
        subscriptions.forEach(each -> {
            transaction.del(each);
            transaction.srem(clients, each);
        });
    }

    private void removeResources(Transaction transaction, StoredApi api) {
        RedisForms.resources(api).keySet().forEach(path -> {
            transaction.del(keys.resources(api.tenant(), path));
            transaction.srem(keys.index(api.tenant()), keys.resources(api.tenant(), path));
        });
    }

    /// What OpenWhisk's own gateway wrote is put into the index. A name there of what was taken away meanwhile does no
    /// harm: what counts are the keys themselves.
    private List<Subscription> subscriptions(Jedis jedis) {
        var all = new ArrayList<Subscription>();
        for (List<String> page : pages(scan(jedis, keys.allSubscriptions()))) {
            Pipeline pipeline = jedis.pipelined();
            for (String each : page) {
                keys.parseSubscription(each).ifPresent(known -> {
                    all.add(known);
                    pipeline.sadd(keys.clients(known.tenant(), known.api()), each);
                });
            }
            pipeline.sync();
        }
        isIndexed = true;
        return all;
    }

    private static List<List<String>> pages(List<String> all) {
        return all.stream().gather(Gatherers.windowFixed(PAGE)).toList();
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
