package dev.whirl.controller.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.ActionPackage;
import dev.whirl.model.entity.Entity;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.Rule;
import dev.whirl.model.entity.Trigger;
import dev.whirl.store.Entities;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Entities that calls needed lately (row I-51). Forgets one when it is written here, or when somebody else says so.
public final class Directory {
    private static final int PLAIN_OVERHEAD_BYTES = 512;

    private final Entities entities;
    private final Cache<EntityId, Known> lately = Caffeine.newBuilder()
            .maximumWeight(32L * 1024 * 1024)
            .weigher((EntityId _, Known known) -> known.sizeBytes())
            .expireAfterWrite(Duration.ofMinutes(5))
            .build();

    public Directory(Entities entities) {
        this.entities = entities;
    }

    @SuppressWarnings("NullAway") // the cache keeps nothing for null
    public Optional<Known> find(EntityId id) {
        return Optional.ofNullable(lately.get(id, this::load));
    }

    /// The action itself, whatever package it lies in.
    ///
    /// @throws ApiException 409 if something else has this name (row R-16)
    public Optional<CallableAction> action(EntityId id) {
        return find(id).map(known -> switch (known) {
            case CallableAction action -> action;
            case Known.Plain _ -> throw otherCollection();
        });
    }

    /// @throws ApiException 409 if something else has this name (row R-16)
    public Optional<ActionPackage> actionPackage(EntityId id) {
        return find(id).map(known -> {
            if (known.entity() instanceof ActionPackage pkg) {
                return pkg;
            }
            throw otherCollection();
        });
    }

    /// @throws ApiException 409 if something else has this name (row R-16)
    public Optional<Trigger> trigger(EntityId id) {
        return find(id).map(known -> {
            if (known.entity() instanceof Trigger trigger) {
                return trigger;
            }
            throw otherCollection();
        });
    }

    public void forget(EntityId id) {
        lately.invalidate(id);
    }

    private @Nullable Known load(EntityId id) {
        return entities.find(id).map(Directory::known).orElse(null);
    }

    private static Known known(Entities.Stored stored) {
        Entity entity = stored.entity();
        return switch (entity) {
            case Action action -> CallableAction.of(action, stored.revision());
            case ActionPackage _, Trigger _, Rule _ -> new Known.Plain(entity, stored.revision(), size(entity));
        };
    }

    private static int size(Entity entity) {
        return Math.toIntExact(Math.min(PLAIN_OVERHEAD_BYTES + entity.sizeBytes(), Integer.MAX_VALUE));
    }

    private static ApiException otherCollection() {
        return new ApiException(ErrorCode.CONFLICT, Messages.OTHER_COLLECTION);
    }
}
