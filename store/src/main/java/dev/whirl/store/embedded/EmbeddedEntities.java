package dev.whirl.store.embedded;

import dev.whirl.model.entity.Collection;
import dev.whirl.model.entity.Entity;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.store.ConflictException;
import dev.whirl.store.Entities;
import dev.whirl.store.Revision;
import dev.whirl.store.Unreadable;
import dev.whirl.store.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Entities in the database: see [EntityRows].
final class EmbeddedEntities implements Entities {
    private final Database database;
    private final Committer committer;
    private final LongReads reads;
    private final Unreadable unreadable;

    EmbeddedEntities(Database database, Committer committer, LongReads reads, Unreadable unreadable) {
        this.database = database;
        this.committer = committer;
        this.reads = reads;
        this.unreadable = unreadable;
    }

    @Override
    public Optional<Stored> find(EntityId id) {
        return database.get(Table.ENTITIES, EntityRows.document(id.toString()))
                .map(value -> StoredEntity.parse(id.toString(), value));
    }

    @Override
    public Optional<Head> head(EntityId id) {
        return database.get(Table.ENTITIES, EntityRows.document(id.toString()))
                .map(value -> StoredEntity.head(id.toString(), value))
                .map(head -> new Head(id, head.collection(), head.revision()));
    }

    @Override
    public List<Revision> applyAll(List<Write> writes) throws ConflictException {
        var changes = new EntityChanges(writes);
        committer.commit(changes.kind(), changes.bytes(), changes);
        return changes.revisions();
    }

    @Override
    public List<Entity> list(Query query) {
        if (query.limit() <= 0 || isAlwaysEmpty(query)) {
            return List.of();
        }
        List<Raw> page = reads.read(view -> page(view, query));
        return unreadable.readable(
                page, each -> StoredEntity.parse(each.name(), each.document()).entity());
    }

    @Override
    public List<EntityId> ids(Query query) {
        if (query.limit() <= 0 || isAlwaysEmpty(query)) {
            return List.of();
        }
        byte[] list = EntityRows.list(query);
        return reads.read(view -> {
            var ids = new ArrayList<EntityId>();
            var left = new int[] {query.skip()};
            view.scan(Table.ENTITIES, Key.from(list).range(), row -> {
                if (left[0]-- <= 0) {
                    ids.add(id(EntityRows.id(list, row.key())));
                }
                return ids.size() < query.limit();
            });
            return ids;
        });
    }

    /// `namespace/name` or `namespace/package/name`.
    private static EntityId id(String text) {
        String[] parts = text.split("/", -1);
        EntityName pkg = parts.length == 2 ? null : new EntityName(parts[1]);
        return new EntityId(new NamespaceName(parts[0]), pkg, new EntityName(parts[parts.length - 1]));
    }

    @Override
    public long count(Query query) {
        if (isAlwaysEmpty(query)) {
            return 0;
        }
        byte[] counter = EntityRows.counter(EntityRows.list(query));
        return Math.max(0, EntityRows.count(database.get(Table.ENTITIES, counter)) - query.skip());
    }

    @Override
    public List<NamespaceName> namespaces() {
        return reads.read(view -> NamespaceRows.in(view, Table.ENTITIES, 'l'));
    }

    /// Whether some entity uses this code.
    boolean isUsed(String sha256) {
        var hasUsers = new boolean[1];
        try (View view = database.view()) {
            view.scan(Table.ENTITIES, EntityRows.users(sha256).range(), _ -> {
                hasUsers[0] = true;
                return false;
            });
        }
        return hasUsers[0];
    }

    /// Nothing but packages is ever public.
    private static boolean isAlwaysEmpty(Query query) {
        return query.isPublicOnly() && query.collection() != Collection.PACKAGES;
    }

    private static List<Raw> page(View view, Query query) {
        byte[] list = EntityRows.list(query);
        var page = new ArrayList<Raw>();
        var left = new int[] {query.skip()};
        view.scan(Table.ENTITIES, Key.from(list).range(), row -> {
            if (left[0] > 0) {
                left[0]--;
                return true;
            }
            String id = EntityRows.id(list, row.key());
            view.get(Table.ENTITIES, EntityRows.document(id)).ifPresent(value -> page.add(new Raw(id, value)));
            return page.size() < query.limit();
        });
        return page;
    }
}
