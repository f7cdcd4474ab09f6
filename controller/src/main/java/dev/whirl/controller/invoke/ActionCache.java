package dev.whirl.controller.invoke;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.EntityId;
import dev.whirl.store.Entities;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Actions that were called lately. Forgets an action when it is written here, or when somebody else says so.
public final class ActionCache {
    private final Entities entities;
    private final Cache<EntityId, CallableAction> actions = Caffeine.newBuilder()
            .maximumWeight(32L * 1024 * 1024)
            .weigher((EntityId _, CallableAction action) -> action.sizeBytes())
            .expireAfterWrite(Duration.ofMinutes(5))
            .build();

    public ActionCache(Entities entities) {
        this.entities = entities;
    }

    @SuppressWarnings("NullAway") // the cache keeps nothing for null
    public Optional<CallableAction> find(EntityId id) {
        return Optional.ofNullable(actions.get(id, this::load));
    }

    public void forget(EntityId id) {
        actions.invalidate(id);
    }

    private @Nullable CallableAction load(EntityId id) {
        return entities.find(id).map(ActionCache::callable).orElse(null);
    }

    private static CallableAction callable(Entities.Stored stored) {
        return switch (stored.entity()) {
            case Action action -> CallableAction.of(action, stored.revision());
        };
    }
}
