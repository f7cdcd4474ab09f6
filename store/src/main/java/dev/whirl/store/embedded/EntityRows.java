package dev.whirl.store.embedded;

import dev.whirl.model.entity.Collection;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.store.Entities.Query;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/// The keys of one entity in [Table#ENTITIES]:
///
/// | key                                                        | value                 | for               |
/// |------------------------------------------------------------|-----------------------|-------------------|
/// | `e` id                                                     | [StoredEntity] and document | the entity  |
/// | `l` namespace, collection, updated descending, id          |                       | lists             |
/// | `p` namespace, package, collection, updated descending, id |                       | lists of packages |
/// | `u` namespace, updated descending, id                      |                       | what is public    |
/// | `n` key of a list up to the time                           | rows of that list     | counts            |
/// | `c` hash of its code, id                                   |                       | [CodeSweeper]     |
///
/// All rows of an entity change in one batch with the counts.
final class EntityRows {
    private EntityRows() {}

    static byte[] document(String id) {
        return Key.of('e').last(id).toBytes();
    }

    static KeyRange documents() {
        return Key.of('e').range();
    }

    /// The id in a key of [#documents].
    static String id(byte[] documentKey) {
        return new String(documentKey, 1, documentKey.length - 1, StandardCharsets.UTF_8);
    }

    static void add(Batch batch, EntityId id, StoredEntity entity) throws RocksDBException {
        for (byte[] list : lists(id, entity)) {
            batch.put(Table.ENTITIES, row(list, id, entity));
            change(batch, list, 1);
        }
        Optional<byte[]> user = user(id, entity);
        if (user.isPresent()) {
            batch.put(Table.ENTITIES, user.get());
        }
    }

    static void remove(Batch batch, EntityId id, StoredEntity entity) throws RocksDBException {
        for (byte[] list : lists(id, entity)) {
            batch.delete(Table.ENTITIES, row(list, id, entity));
            change(batch, list, -1);
        }
        Optional<byte[]> user = user(id, entity);
        if (user.isPresent()) {
            batch.delete(Table.ENTITIES, user.get());
        }
    }

    /// The lists that an entity is in: each is what the keys of its rows begin with.
    static List<byte[]> lists(EntityId id, StoredEntity entity) {
        var lists = new ArrayList<byte[]>(2);
        String namespace = id.namespace().value();
        lists.add(list(namespace, entity.collection()));
        if (id.pkg() != null) {
            lists.add(packaged(namespace, id.pkg(), entity.collection()));
        }
        if (entity.isPublic()) {
            lists.add(published(namespace));
        }
        return lists;
    }

    /// The list that a query is about.
    static byte[] list(Query query) {
        String namespace = query.namespace().value();
        if (query.pkg() != null) {
            return packaged(namespace, query.pkg(), query.collection());
        }
        return query.isPublicOnly() ? published(namespace) : list(namespace, query.collection());
    }

    /// All actions in a package.
    static byte[] members(EntityId pkg) {
        return packaged(pkg.namespace().value(), pkg.name(), Collection.ACTIONS);
    }

    /// The entity's id, from a row of a list.
    static String id(byte[] list, byte[] row) {
        int before = list.length + Long.BYTES;
        return new String(row, before, row.length - before, StandardCharsets.UTF_8);
    }

    /// The rows of those that use some code.
    static Key users(String sha256) {
        return Key.of('c').text(sha256);
    }

    /// The key of a list's count.
    static byte[] counter(byte[] list) {
        return Key.of('n').raw(list).toBytes();
    }

    static byte[] format(long count) {
        return ByteBuffer.allocate(Long.BYTES).putLong(count).array();
    }

    static long count(Optional<byte[]> counter) {
        return counter.map(each -> ByteBuffer.wrap(each).getLong()).orElse(0L);
    }

    private static void change(Batch batch, byte[] list, int by) throws RocksDBException {
        byte[] key = counter(list);
        long count = count(batch.get(Table.ENTITIES, key)) + by;
        if (count > 0) {
            batch.put(Table.ENTITIES, key, format(count));
        } else {
            batch.delete(Table.ENTITIES, key);
        }
    }

    private static byte[] list(String namespace, Collection collection) {
        return Key.of('l').text(namespace).text(collection.plural()).toBytes();
    }

    private static byte[] packaged(String namespace, EntityName pkg, Collection collection) {
        return Key.of('p')
                .text(namespace)
                .text(pkg.value())
                .text(collection.plural())
                .toBytes();
    }

    private static byte[] published(String namespace) {
        return Key.of('u').text(namespace).toBytes();
    }

    private static byte[] row(byte[] list, EntityId id, StoredEntity entity) {
        return Key.from(list)
                .descending(entity.updatedMillis())
                .last(id.toString())
                .toBytes();
    }

    private static Optional<byte[]> user(EntityId id, StoredEntity entity) {
        return entity.code().map(code -> users(code).last(id.toString()).toBytes());
    }
}
