package dev.whirl.controller.api.entities;

import dev.whirl.controller.access.Gate;
import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.Call;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.entity.Entity;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.store.ConflictException;
import dev.whirl.store.Entities;
import dev.whirl.store.Revision;
import dev.whirl.store.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads and writes entities for their owner. Actions, triggers, rules and packages share one key space (row R-16):
/// whoever asks for one and finds another gets a conflict.
public final class EntityAccess {
    /// An entity as it was read.
    public record Stored<E extends Entity>(E entity, Revision revision) {}

    private static final Logger LOG = LoggerFactory.getLogger(EntityAccess.class);

    /// What was read, and what is sent.
    private static final int COPIES = 2;

    private final Gate gate;
    private final Entities entities;
    private final Consumer<EntityId> changed;

    /// @param changed is told what was written or deleted
    public EntityAccess(Gate gate, Entities entities, Consumer<EntityId> changed) {
        this.gate = gate;
        this.entities = entities;
        this.changed = changed;
    }

    /// The id in the path, outside of packages, if it lies in the caller's namespace.
    ///
    /// @throws ApiException 400 or 403
    public EntityId ownId(Call call) {
        EntityId id = EntityId.of(call.namespace(), call.name());
        requireOwner(call, id);
        return id;
    }

    /// @throws ApiException 403 unless it lies in the caller's namespace
    public void requireOwner(Call call, EntityId id) {
        gate.requireOwner(call.caller(), id.namespace(), id.toString());
    }

    /// @throws ApiException 409 if the name belongs to something else
    public <E extends Entity> Optional<Stored<E>> find(EntityId id, Class<E> type) {
        return entities.find(id).map(stored -> {
            if (!type.isInstance(stored.entity())) {
                throw new ApiException(ErrorCode.CONFLICT, Messages.OTHER_COLLECTION);
            }
            return new Stored<>(type.cast(stored.entity()), stored.revision());
        });
    }

    /// @throws ApiException 404 if it does not exist, 409 if the name belongs to something else
    public <E extends Entity> Stored<E> require(EntityId id, Class<E> type) {
        return find(id, type).orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, Messages.RESOURCE_NOT_FOUND));
    }

    /// What a PUT is about to replace.
    ///
    /// @return null if nothing is there
    /// @throws ApiException 409 if it is there and must not be replaced, or the name belongs to something else
    public <E extends Entity> @Nullable Stored<E> replaced(Call call, EntityId id, Class<E> type) {
        boolean overwrites = call.query().flag("overwrite", false);
        Stored<E> old = find(id, type).orElse(null);
        if (old != null && !overwrites) {
            throw new ApiException(ErrorCode.CONFLICT, Messages.EXISTS);
        }
        return old;
    }

    /// Writes an entity in place of what was read before, or as a new one; in a package only if that is there.
    ///
    /// @throws ApiException 409 if somebody else was faster, 404 if somebody deleted the package
    public <E extends Entity> void put(E next, @Nullable Stored<E> old) {
        var writes = new ArrayList<Write>();
        next.id().inPackage().ifPresent(each -> writes.add(new Write.Present(each)));
        writes.add(new Write.Put(next, old == null ? null : old.revision()));
        try {
            applyAll(writes);
        } catch (ConflictException e) {
            throw e.document().equals(next.id().toString())
                    ? lostUpdate(e)
                    : new ApiException(ErrorCode.NOT_FOUND, Messages.RESOURCE_NOT_FOUND);
        }
    }

    /// @throws ApiException 409 if somebody else was faster
    public void delete(EntityId id, Revision revision) {
        try {
            entities.delete(id, revision);
        } catch (ConflictException e) {
            throw lostUpdate(e);
        } finally { // also where it is not known whether it was deleted
            changed.accept(id);
        }
    }

    /// Deletes what can't be read any more: its owner could not get rid of it otherwise.
    ///
    /// @param deletion is given the revision
    /// @return what is known of it
    /// @throws ApiException 404 if it is gone, 409 if the name belongs to something else
    public Answer deleteUnread(Call call, EntityId id, Collection collection, Consumer<Revision> deletion) {
        Entities.Head head =
                entities.head(id).orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, Messages.RESOURCE_NOT_FOUND));
        if (head.collection() != collection) {
            throw new ApiException(ErrorCode.CONFLICT, Messages.OTHER_COLLECTION);
        }
        deletion.accept(head.revision());
        LOG.atWarn()
                .addKeyValue("transaction", call.request().transaction())
                .addKeyValue("entity", id)
                .log("an entity that could not be read was deleted by its owner");
        var known = new JsonWriter(256).startObject();
        known.field("namespace", id.path()).field("name", id.name().value());
        return Answer.json(200, known.endObject());
    }

    /// Sets memory aside for an answer with the whole entity, until the request is over (attack 26).
    ///
    /// @throws ApiException 503 if there is not enough
    public static void reserveAnswer(Call call, Entity entity) {
        call.request().reserveMemory(COPIES * entity.sizeBytes());
    }

    /// The ids of what is in a list.
    public List<EntityId> ids(Entities.Query query) {
        return entities.ids(query);
    }

    /// Makes several changes in one, all or none.
    ///
    /// @throws ConflictException names what was changed by somebody else meanwhile
    public void applyAll(List<Write> writes) throws ConflictException {
        try {
            entities.applyAll(writes);
        } finally { // also where it is not known what was written
            announce(writes);
        }
    }

    private void announce(List<Write> writes) {
        for (Write each : writes) {
            switch (each) {
                case Write.Put(Entity entity, var _) -> changed.accept(entity.id());
                case Write.Delete(EntityId id, var _) -> changed.accept(id);
                case Write.Present _, Write.Empty _ -> {}
            }
        }
    }

    /// What to answer if somebody else was faster.
    public static ApiException lostUpdate(ConflictException conflict) {
        var lost = new ApiException(ErrorCode.CONFLICT, Messages.CONCURRENT_CHANGE);
        lost.addSuppressed(conflict);
        return lost;
    }
}
