package dev.whirl.controller.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.Identity;
import dev.whirl.store.Subjects;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/// Identities as they were looked up, by key and by namespace (row A-4). They count for a short time, or until
/// something changes: a change makes everything stale that was looked up before, also what is being looked up.
/// Unknown keys and namespaces are remembered too, so that guessing does not load the store; all is bounded.
public final class Identities {
    private static final int MOST = 100_000;

    private record Known(Optional<Identity> identity, long generation) {}

    private final Subjects subjects;
    private final AtomicLong generation = new AtomicLong();
    private final Cache<String, Known> byKey;
    private final Cache<NamespaceName, Known> byNamespace;

    /// @param ttl how long an identity counts when nobody tells of a change
    public Identities(Subjects subjects, Duration ttl) {
        this.subjects = subjects;
        this.byKey =
                Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(ttl).build();
        this.byNamespace =
                Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(ttl).build();
    }

    /// See [Subjects#byKey].
    public Optional<Identity> byKey(String uuid) {
        return find(byKey, uuid, subjects::byKey);
    }

    /// In whose name web actions run, see [Subjects#byNamespace]: empty if there is no such namespace or its
    /// subjects are blocked.
    public Optional<Identity> byNamespace(NamespaceName namespace) {
        return find(byNamespace, namespace, subjects::byNamespace);
    }

    /// Subjects, keys or limits were changed: from now on they are looked up again.
    public void changed() {
        generation.incrementAndGet();
    }

    private <K> Optional<Identity> find(Cache<K, Known> cache, K key, Function<K, Optional<Identity>> lookup) {
        Known known = cache.get(key, each -> look(each, lookup));
        if (known.generation() != generation.get()) {
            known = look(key, lookup);
            cache.put(key, known);
        }
        return known.identity();
    }

    /// The generation is read first, so that a change meanwhile makes what was found stale.
    private <K> Known look(K key, Function<K, Optional<Identity>> lookup) {
        long now = generation.get();
        return new Known(lookup.apply(key), now);
    }
}
