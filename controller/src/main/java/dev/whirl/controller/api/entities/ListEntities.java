package dev.whirl.controller.api.entities;

import dev.whirl.controller.access.Gate;
import dev.whirl.controller.api.ApiParts;
import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.ApiRequest;
import dev.whirl.controller.api.http.Call;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.controller.api.http.ListAnswer;
import dev.whirl.controller.api.http.ListQuery;
import dev.whirl.controller.directory.Directory;
import dev.whirl.controller.directory.Known;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.entity.Entity;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.store.Entities;
import dev.whirl.store.StoreException;
import java.util.Optional;
import java.util.function.BiConsumer;

/// `GET …/actions`, `…/triggers` and so on: what lies in the caller's namespace, newest first (row R-11).
///
/// @param directory knows entities that were needed lately, so that a list asked for again reads and decodes nothing
/// @param entityBytes how much memory one entity takes at most while it is read
/// @param row writes one entity as an element of the list
public record ListEntities(
        Gate gate,
        Entities entities,
        Directory directory,
        Collection collection,
        long entityBytes,
        BiConsumer<JsonWriter, Entity> row)
        implements Endpoint.Guarded {
    /// The stored document and what is read from it.
    private static final int COPIES = 2;

    private static final long OVERHEAD = 64 * 1024;

    public static <E extends Entity> ListEntities of(
            ApiParts parts, Collection collection, Class<E> type, BiConsumer<JsonWriter, E> row) {
        return new ListEntities(
                parts.gate(),
                parts.stores().entities(),
                parts.engine().directory(),
                collection,
                COPIES * (2 * parts.limits().parameters().bytes() + OVERHEAD),
                (out, entity) -> row.accept(out, type.cast(entity)));
    }

    @Override
    public Answer answer(Call call) {
        NamespaceName namespace = call.namespace();
        gate.requireOwner(call.caller(), namespace, namespace.value());
        ListQuery list = ListQuery.of(call.query(), collection.plural());
        var query = new Entities.Query(namespace, collection, null, list.skip(), list.limit());
        return answer(call.request(), query, list.isCount());
    }

    /// Any list of this sort, for callers who may see it.
    ///
    /// @param isCount whether only the number of rows is asked for
    public Answer answer(ApiRequest request, Entities.Query query, boolean isCount) {
        return isCount ? count(query) : rows(request, query);
    }

    private Answer count(Entities.Query query) {
        var out = new JsonWriter(64).startObject();
        return Answer.json(
                200, out.field(collection.plural(), entities.count(query)).endObject());
    }

    /// One after the other: their parameters may be large, and lists do not show them.
    private Answer rows(ApiRequest request, Entities.Query query) {
        return ListAnswer.of(
                request,
                entities.ids(query),
                entityBytes,
                (id, out) -> find(id).ifPresent(each -> row.accept(out, each)));
    }

    /// What was deleted or replaced since its id was listed, or can't be read, is left out.
    private Optional<Entity> find(EntityId id) {
        try {
            return directory.find(id).map(Known::entity).filter(each -> each.collection() == collection);
        } catch (StoreException.Corrupted e) {
            return Optional.empty();
        }
    }
}
