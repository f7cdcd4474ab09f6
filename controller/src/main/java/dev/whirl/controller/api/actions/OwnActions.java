package dev.whirl.controller.api.actions;

import dev.whirl.controller.api.entities.EntityAccess;
import dev.whirl.controller.api.http.Call;
import dev.whirl.controller.directory.Directory;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.entity.ActionPackage;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.Parameters;

/// Which action a PUT or DELETE is about: in the caller's own namespace, and never by way of a binding.
final class OwnActions {
    private final EntityAccess access;
    private final Directory directory;

    OwnActions(EntityAccess access, Directory directory) {
        this.access = access;
        this.directory = directory;
    }

    /// @throws ApiException 400 for a binding (row R-71), 403, 404 if the package does not exist
    EntityId id(Call call) {
        EntityId id = call.actionId();
        access.requireOwner(call, id);
        id.inPackage().ifPresent(this::requirePackage);
        return id;
    }

    /// The parameters that an action has from its package.
    Parameters inherited(EntityId action) {
        return action.inPackage()
                .flatMap(directory::actionPackage)
                .map(ActionPackage::parameters)
                .orElse(Parameters.NONE);
    }

    private void requirePackage(EntityId id) {
        ActionPackage pkg = directory
                .actionPackage(id)
                .orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, Messages.RESOURCE_NOT_FOUND));
        if (pkg.isBinding()) {
            throw new ApiException(ErrorCode.BAD_REQUEST, Messages.NOT_ON_BINDING);
        }
    }
}
