package dev.whirl.store.embedded;

import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.CodeRef;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.entity.Entity;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.store.Entities.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The keys of one entity in [Table#ENTITIES]:
///
/// | key                                                        | value                 | for               |
/// |------------------------------------------------------------|-----------------------|-------------------|
/// | `e` id                                                     | revision and document | the entity        |
/// | `l` namespace, collection, updated descending, id          |                       | lists             |
/// | `p` namespace, package, collection, updated descending, id |                       | lists of packages |
/// | `c` hash of its code, id                                   |                       | [CodeSweeper]     |
final class EntityRows {
    private EntityRows() {}

    static byte[] document(EntityId id) {
        return document(id.toString());
    }

    static byte[] document(String id) {
        return Key.of('e').last(id).toBytes();
    }

    /// All rows but the document's.
    static List<byte[]> index(Entity entity) {
        var rows = new ArrayList<byte[]>(3);
        EntityId id = entity.id();
        rows.add(row(list(id.namespace().value(), entity.collection()), entity));
        if (id.pkg() != null) {
            rows.add(row(packaged(id.namespace().value(), id.pkg(), entity.collection()), entity));
        }
        code(entity)
                .ifPresent(code ->
                        rows.add(users(code.sha256()).last(id.toString()).toBytes()));
        return rows;
    }

    /// The rows that a query is about, in the order of the list.
    static KeyRange range(Query query) {
        return prefix(query).range();
    }

    /// The entity's id, from a row that a query is about.
    static String id(Query query, byte[] row) {
        int before = prefix(query).toBytes().length + Long.BYTES;
        return new String(row, before, row.length - before, java.nio.charset.StandardCharsets.UTF_8);
    }

    /// The rows of those that use some code.
    static Key users(String sha256) {
        return Key.of('c').text(sha256);
    }

    private static Key prefix(Query query) {
        String namespace = query.namespace().value();
        return query.pkg() == null
                ? list(namespace, query.collection())
                : packaged(namespace, query.pkg(), query.collection());
    }

    private static Key list(String namespace, Collection collection) {
        return Key.of('l').text(namespace).text(collection.plural());
    }

    private static Key packaged(String namespace, EntityName pkg, Collection collection) {
        return Key.of('p').text(namespace).text(pkg.value()).text(collection.plural());
    }

    private static byte[] row(Key prefix, Entity entity) {
        return prefix.descending(entity.updated().toEpochMilli())
                .last(entity.id().toString())
                .toBytes();
    }

    private static Optional<CodeRef> code(Entity entity) {
        return switch (entity) {
            case Action action -> action.exec().codeRef();
        };
    }
}
