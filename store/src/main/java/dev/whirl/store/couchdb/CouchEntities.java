package dev.whirl.store.couchdb;

import dev.whirl.model.ApiException;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.entity.Entity;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.ConflictException;
import dev.whirl.store.Entities;
import dev.whirl.store.Revision;
import dev.whirl.store.StoreException;
import dev.whirl.store.Unreadable;
import dev.whirl.store.Write;
import dev.whirl.store.couchdb.Database.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Entities in the database `whisks`. Lists ask views for ids, and then for the documents, so that a list never lacks
/// what was written before it was asked for, by whichever process.
final class CouchEntities implements Entities {
    private static final int DOCUMENTS_AT_A_TIME = 25;

    private final Database whisks;
    private final CouchCode code;
    private final EntityWrites writes;
    private final Unreadable unreadable;

    CouchEntities(Database whisks, CouchCode code, Unreadable unreadable) {
        this.whisks = whisks;
        this.code = code;
        this.writes = new EntityWrites(whisks, code);
        this.unreadable = unreadable;
    }

    @Override
    public Optional<Stored> find(EntityId id) {
        return whisks.get(id.toString()).map(document -> {
            Stored stored = EntityForms.read(id.toString(), document);
            code.note(document);
            return stored;
        });
    }

    @Override
    public Optional<Head> head(EntityId id) {
        return whisks.get(id.toString()).flatMap(document -> {
            String type = EntityForms.type(document);
            return Stream.of(Collection.values())
                    .filter(each -> each.singular().equals(type))
                    .findFirst()
                    .flatMap(collection -> Database.revision(document).map(each -> new Head(id, collection, each)));
        });
    }

    @Override
    public List<Revision> applyAll(List<Write> changes) throws ConflictException {
        return writes.apply(changes);
    }

    @Override
    public List<Entity> list(Query query) {
        List<String> ids = page(query);
        var found = new ArrayList<Found>();
        for (int from = 0; from < ids.size(); from += DOCUMENTS_AT_A_TIME) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + DOCUMENTS_AT_A_TIME));
            whisks.find(some, true).stream()
                    .filter(each -> each.document().isObject())
                    .forEach(found::add);
        }
        return unreadable.readable(found, this::read);
    }

    private Entity read(Found found) {
        Entity entity = EntityForms.read(found.id(), found.document()).entity();
        code.note(found.document());
        return entity;
    }

    @Override
    public List<EntityId> ids(Query query) {
        return page(query).stream().flatMap(CouchEntities::id).toList();
    }

    @Override
    public List<NamespaceName> namespaces() {
        var names = new TreeSet<NamespaceName>();
        for (ViewQuery each : EntityViews.countsByPath()) {
            whisks.rows(each).forEach(row -> ViewQuery.namespace(row).ifPresent(names::add));
        }
        return List.copyOf(names);
    }

    @Override
    public long count(Query query) {
        return isAlwaysEmpty(query) ? 0 : Math.max(0, whisks.count(EntityViews.list(query)) - query.skip());
    }

    private List<String> page(Query query) {
        if (query.limit() <= 0
                || isAlwaysEmpty(query)
                || !Database.isOurs(query.namespace().value())) {
            return List.of();
        }
        var pages = new NewestFirst(whisks, EntityViews.list(query));
        return pages.page(query.skip(), query.limit()).stream()
                .map(NewestFirst.Row::id)
                .toList();
    }

    private static Stream<EntityId> id(String text) {
        try {
            return Stream.of(EntityViews.id(text));
        } catch (ApiException _) {
            return Stream.empty(); // a document of nobody knows whom
        }
    }

    /// Nothing but packages is ever public.
    private static boolean isAlwaysEmpty(Query query) {
        return query.isPublicOnly() && query.collection() != Collection.PACKAGES;
    }

    /// What an entity's document says, for those who look whether a write was carried out.
    static Optional<Stored> readable(String id, RawJson document) {
        try {
            return Optional.of(EntityForms.read(id, document));
        } catch (StoreException.Corrupted _) {
            return Optional.empty();
        }
    }
}
