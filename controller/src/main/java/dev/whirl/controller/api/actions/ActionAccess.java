package dev.whirl.controller.api.actions;

import dev.whirl.controller.access.Gate;
import dev.whirl.controller.api.http.Call;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.EntityId;
import dev.whirl.store.ConflictException;
import dev.whirl.store.Entities;
import java.util.Optional;

/// Finds the action that a path names, for somebody who may see it.
final class ActionAccess {
    /// An action as it was read.
    record Stored(Action action, dev.whirl.store.Revision revision) {}

    private final Gate gate;
    private final Entities entities;

    ActionAccess(Gate gate, Entities entities) {
        this.gate = gate;
        this.entities = entities;
    }

    /// The id in the path, if it lies in the caller's namespace.
    ///
    /// @throws ApiException 400 or 403
    EntityId ownId(Call call) {
        EntityId id = EntityId.of(call.namespace(), call.name());
        gate.requireOwner(call.caller(), id.namespace(), id.toString());
        return id;
    }

    /// @throws ApiException 404 if it does not exist
    Stored require(EntityId id) {
        return find(id).orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, Messages.RESOURCE_NOT_FOUND));
    }

    /// Triggers, rules and packages share the key space: one of them under this id will be a conflict (row
    ///
    Optional<Stored> find(EntityId id) {
        return entities.find(id).map(stored -> switch (stored.entity()) {
            case Action action -> new Stored(action, stored.revision());
        });
    }

    static ApiException lostUpdate(ConflictException conflict) {
        var lost = new ApiException(ErrorCode.CONFLICT, Messages.CONCURRENT_CHANGE);
        lost.addSuppressed(conflict);
        return lost;
    }
}
