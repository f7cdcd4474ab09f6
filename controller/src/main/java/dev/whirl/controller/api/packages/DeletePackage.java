package dev.whirl.controller.api.packages;

import dev.whirl.controller.api.entities.EntityAccess;
import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.Call;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.entity.ActionPackage;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.entity.EntityId;
import dev.whirl.store.ConflictException;
import dev.whirl.store.Entities;
import dev.whirl.store.Revision;
import dev.whirl.store.StoreException;
import dev.whirl.store.Write;
import java.util.ArrayList;
import java.util.List;

/// `DELETE …/packages/{name}` (row R-103). Bindings of it stay, and lead nowhere.
final class DeletePackage implements Endpoint.Guarded {
    /// How many actions are deleted in one step.
    private static final int PAGE = 100;

    /// Somebody may change actions while they are deleted.
    private static final int MOST_TRIES = 10;

    private final EntityAccess access;
    private final Entities entities;

    DeletePackage(EntityAccess access, Entities entities) {
        this.access = access;
        this.entities = entities;
    }

    @Override
    public Answer answer(Call call) {
        EntityId id = access.ownId(call);
        boolean deletesContents = call.query().flag("force", false);
        try {
            EntityAccess.Stored<ActionPackage> stored = access.require(id, ActionPackage.class);
            EntityAccess.reserveAnswer(call, stored.entity());
            delete(id, stored.revision(), deletesContents);
            return Answer.json(200, PackageJson.whole(stored.entity()));
        } catch (StoreException.Corrupted e) {
            return access.deleteUnread(
                    call, id, Collection.PACKAGES, revision -> delete(id, revision, deletesContents));
        }
    }

    private void delete(EntityId id, Revision revision, boolean deletesContents) {
        if (deletesContents) {
            deleteContents(id);
        }
        requireEmpty(id);
        try {
            access.applyAll(List.of(new Write.Empty(id.namespace(), id.name()), new Write.Delete(id, revision)));
        } catch (ConflictException e) {
            requireEmpty(id);
            throw EntityAccess.lostUpdate(e);
        }
    }

    private void requireEmpty(EntityId id) {
        long count = entities.countInPackage(id.namespace(), id.name());
        if (count > 0) {
            throw new ApiException(ErrorCode.CONFLICT, Messages.packageNotEmpty(count));
        }
    }

    private void deleteContents(EntityId pkg) {
        int tries = 0;
        for (List<EntityId> page = page(pkg); !page.isEmpty(); page = page(pkg)) {
            try {
                access.applyAll(deletions(page));
            } catch (ConflictException e) {
                tries++;
                if (tries == MOST_TRIES) {
                    throw EntityAccess.lostUpdate(e);
                }
            }
        }
    }

    private List<Write> deletions(List<EntityId> page) {
        var deletions = new ArrayList<Write>();
        for (EntityId each : page) {
            entities.head(each).ifPresent(head -> deletions.add(new Write.Delete(each, head.revision())));
        }
        return deletions;
    }

    private List<EntityId> page(EntityId pkg) {
        return entities.ids(new Entities.Query(pkg.namespace(), Collection.ACTIONS, pkg.name(), 0, PAGE));
    }
}
