package dev.whirl.gateway.manage;

import dev.whirl.gateway.document.ApiPlan;
import dev.whirl.gateway.document.ApiReader;
import dev.whirl.gateway.document.InvalidApiException;
import dev.whirl.gateway.policy.Subscription;
import dev.whirl.gateway.route.Collision;
import dev.whirl.gateway.route.Match;
import dev.whirl.gateway.route.PlannedApi;
import dev.whirl.gateway.route.RouteTable;
import dev.whirl.gateway.route.SafePath;
import dev.whirl.gateway.store.ApiStore;
import dev.whirl.gateway.store.ApiStoreException;
import dev.whirl.gateway.store.StoredApi;
import dev.whirl.model.json.RawJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All APIs of the gateway, in memory, with a store behind them. While the store can't be reached they are served on,
/// and can't be changed: once that is known, changes are refused without trying.
///
/// Documents are read and planned before anything is locked. The lock is for writing, one after the other, and for
/// putting another snapshot in place; who waits for it waits for a bounded time. Readers see one snapshot or the next.
public final class Apis {
    /// Of the documents of one namespace, which are in memory all the time.
    private static final long MOST_BYTES = 16L * 1024 * 1024;

    /// For those before in the line.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// Without the lock.
    private static final int LOOKS = 3;

    private static final String AWAY = "the gateway's store does not answer; nothing was changed";
    private static final String UNCERTAIN =
            "the gateway's store did not answer in time; whether it was changed shows when it answers again";

    private static final Logger LOG = LoggerFactory.getLogger(Apis.class);

    private final ApiStore store;
    private final ApiReader reader;
    private final int maxApis;
    private final ReentrantLock lock = new ReentrantLock();
    private final TenantLocks tenantLocks = new TenantLocks();
    private volatile @Nullable Snapshot snapshot;
    private volatile boolean isAway;

    /// Of the store, when it was read; null if that is not known, as after each write from here.
    private volatile @Nullable String version;

    /// @param maxApis of one tenant
    public Apis(ApiStore store, ApiReader reader, int maxApis) {
        this.store = store;
        this.reader = reader;
        this.maxApis = maxApis;
    }

    /// Whether the store was read yet.
    public boolean areKnown() {
        return snapshot != null;
    }

    public Match find(String verb, SafePath path) {
        return known().routes().find(verb, path);
    }

    public Optional<Subscription> subscription(PlannedApi api, String client) {
        return Optional.ofNullable(known().subscriptions().get(new Subscription.Id(api.tenant(), api.id(), client)));
    }

    /// Reads the store again if somebody wrote. Says once when it can't, and once when it can again.
    public void refresh() {
        for (int i = 0; i < LOOKS; i++) {
            if (look()) {
                return;
            }
        }
        lock.lock(); // so many write here that nobody else's writes would be seen
        try {
            look();
        } finally {
            lock.unlock();
        }
    }

    /// @return whether nothing was written here meanwhile, so that what was read is the newest
    private boolean look() {
        Snapshot before = snapshot;
        try {
            String now = store.version(); // before the contents: what comes between is read once more
            boolean isNew = !now.equals(version) || isAway; // who was away may come back empty as it began
            Snapshot next = isNew || before == null ? Snapshot.of(store.read(), reader, known()) : before;
            return put(before, next, now);
        } catch (ApiStoreException e) {
            away(e);
            return true;
        }
    }

    @SuppressWarnings("ReferenceEquality") // whether it is still the same one: each change makes another
    private boolean put(@Nullable Snapshot before, Snapshot next, String nextVersion) {
        lock.lock();
        try {
            if (snapshot != before) {
                return false;
            }
            snapshot = next;
            version = nextVersion;
            if (isAway) {
                isAway = false;
                LOG.atInfo().log("the gateway's store answers again");
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Something that changes APIs.
    interface Change<T> {
        T make() throws RefusedException;
    }

    /// Makes a change of a tenant's APIs while nobody else in this process makes one so, so that it may read before it
    /// writes.
    ///
    /// @throws RefusedException 503 if the store is away, or it takes too long until it is one's turn
    <T> T alone(String tenant, Change<T> change) throws RefusedException {
        requireReachable();
        return within(tenantLocks.of(tenant), change);
    }

    private <T> T within(ReentrantLock turns, Change<T> change) throws RefusedException {
        if (!enter(turns)) {
            throw new RefusedException(503, "too many change APIs at the moment; nothing was changed");
        }
        try {
            requireReachable();
            return change.make();
        } finally {
            turns.unlock();
        }
    }

    private static boolean enter(ReentrantLock turns) {
        try {
            return turns.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// How many APIs are served.
    public long count() {
        Snapshot now = snapshot;
        return now == null ? 0 : now.count();
    }

    public List<StoredApi> ofTenant(String tenant) {
        return known().apis(tenant).stream().map(Snapshot.Kept::stored).toList();
    }

    public Optional<StoredApi> find(String tenant, String id) {
        return ofTenant(tenant).stream().filter(each -> each.id().equals(id)).findFirst();
    }

    /// Why an API is not served, if it is not: today's rules may be narrower than those under which it was stored.
    Optional<String> obstacle(StoredApi api) {
        return known().apis(api.tenant()).stream()
                .filter(each -> each.stored().id().equals(api.id()))
                .flatMap(each ->
                        each instanceof Snapshot.Unservable refused ? Stream.of(refused.reason()) : Stream.empty())
                .findFirst();
    }

    /// Every tenant that has an API.
    public List<String> tenants() {
        return known().tenants();
    }

    public List<Subscription> subscriptions(StoredApi api) {
        return known().subscriptions().values().stream()
                .filter(each -> each.tenant().equals(api.tenant()) && each.api().equals(api.id()))
                .toList();
    }

    /// A document as it will be stored.
    ///
    /// @throws RefusedException 400 for what is no API document
    RawJson normalized(RawJson document) throws RefusedException {
        try {
            return reader.normalized(document);
        } catch (InvalidApiException e) {
            throw new RefusedException(400, e.sentence());
        }
    }

    /// Checks a document and stores it.
    ///
    /// @param old the API that it replaces; null to create one
    /// @throws RefusedException 400 for a document that can't be served, 409 if somebody else changed the API
    ///     meanwhile or it collides, 503 if the store does not answer
    public StoredApi save(String tenant, RawJson document, @Nullable StoredApi old) throws RefusedException {
        requireReachable();
        requireTenant(tenant);
        Planned planned = planned(document);
        return within(lock, () -> {
            Snapshot.Served served = check(tenant, planned, old);
            write(() -> store.put(served.stored(), old), now -> now.with(served));
            return served.stored();
        });
    }

    public void remove(StoredApi api) throws RefusedException {
        change(() -> store.remove(api), now -> now.without(api));
    }

    /// @throws RefusedException 409 if its API is gone, 503 if the store does not answer
    public void save(Subscription subscription) throws RefusedException {
        change(() -> store.put(subscription), now -> now.with(subscription));
    }

    public void remove(Subscription subscription) throws RefusedException {
        change(() -> store.remove(subscription), now -> now.without(subscription));
    }

    private void change(Write write, UnaryOperator<Snapshot> then) throws RefusedException {
        requireReachable();
        within(lock, () -> write(write, then));
    }

    private interface Write {
        void run() throws ApiStore.ConflictException;
    }

    /// Only what was written is served. The next look reads all of it: others may have written between, and the store
    /// may lose what was written.
    private Snapshot write(Write write, UnaryOperator<Snapshot> then) throws RefusedException {
        version = null;
        try {
            write.run();
        } catch (ApiStore.ConflictException e) {
            throw new RefusedException(
                    409, "the API was changed or deleted by somebody else at the same time; try again");
        } catch (ApiStoreException e) {
            away(e);
            throw new RefusedException(503, e.isCertain() ? AWAY : UNCERTAIN);
        }
        Snapshot next = then.apply(known());
        snapshot = next;
        return next;
    }

    /// A document as it is stored and as it is served.
    private record Planned(RawJson document, ApiPlan plan) {}

    private Planned planned(RawJson document) throws RefusedException {
        try {
            RawJson normalized = reader.normalized(document).compact();
            return new Planned(normalized, reader.plan(normalized));
        } catch (InvalidApiException e) {
            throw new RefusedException(400, e.sentence());
        }
    }

    /// Whether it fits beside the tenant's others.
    private Snapshot.Served check(String tenant, Planned planned, @Nullable StoredApi old) throws RefusedException {
        String id = old == null ? newId(tenant, planned.plan().basePath()) : old.id();
        var served = new Snapshot.Served(
                new StoredApi(tenant, id, planned.document()), new PlannedApi(tenant, id, planned.plan()));
        List<Snapshot.Kept> others = known().apis(tenant).stream()
                .filter(each -> !each.stored().id().equals(id))
                .toList();
        if (others.size() >= maxApis) {
            throw new RefusedException(400, "a namespace may have at most %d APIs".formatted(maxApis));
        }
        long bytes = planned.document().sizeBytes()
                + others.stream()
                        .mapToLong(each -> each.stored().document().sizeBytes())
                        .sum();
        if (bytes > MOST_BYTES) {
            throw new RefusedException(
                    400, "the APIs of a namespace may have %d MB together".formatted(MOST_BYTES >> 20));
        }
        List<PlannedApi> all = new ArrayList<>(Snapshot.planned(others));
        all.add(served.planned());
        List<Collision> collisions = RouteTable.collisions(all);
        if (!collisions.isEmpty()) {
            throw new RefusedException(409, collisions.getFirst().sentence());
        }
        return served;
    }

    /// Follows from the base path, so that two who create the same API at once make one of them fail.
    private String newId(String tenant, String basePath) {
        String id = hash(tenant + " " + basePath);
        while (find(tenant, id).isPresent()) {
            id = hash(id);
        }
        return id;
    }

    /// Nothing yet is as if there were nothing; whoever must know the difference asks [#areKnown].
    private Snapshot known() {
        Snapshot now = snapshot;
        return now == null ? Snapshot.EMPTY : now;
    }

    private void requireTenant(String tenant) throws RefusedException {
        if (!areKnown()) {
            throw new RefusedException(503, "the gateway's store could not be read yet");
        }
        if (!tenant.matches("[A-Za-z0-9_@.-]{1,128}") || tenant.matches("v[0-9]+|\\.+")) {
            throw new RefusedException(400, "'%.40s' can't be a tenant's id".formatted(tenant));
        }
    }

    private void requireReachable() throws RefusedException {
        if (isAway) {
            throw new RefusedException(503, AWAY);
        }
    }

    /// A store of this process alone is tried again each time: nobody looks whether it came back.
    private void away(ApiStoreException e) {
        if (!isAway) {
            LOG.atWarn()
                    .addKeyValue("reason", e.getMessage())
                    .log("the gateway's store does not answer; what is in memory is served on");
        }
        isAway = store.isShared();
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
