package dev.whirl.store.embedded;

import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.ConflictException;
import dev.whirl.store.KeyedDocuments;
import dev.whirl.store.RecentWrites;
import dev.whirl.store.Revision;
import dev.whirl.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/// Documents in a table of their own: `d` id → revision and document, see [Headed].
///
/// Nobody but this process writes: what changed lately is kept in memory.
final class EmbeddedKeyedDocuments implements KeyedDocuments {
    private final Database database;
    private final Committer committer;
    private final LongReads reads;
    private final Table table;
    private final RecentWrites writes = new RecentWrites();

    /// Rows, up to a number and a size.
    private static final class RawPage {
        private final int limit;
        private final List<Raw> rows = new ArrayList<>();
        private long bytes;

        RawPage(int limit) {
            this.limit = limit;
        }

        /// @return whether it was taken
        boolean take(String id, byte[] value) {
            if (rows.size() >= limit || bytes >= PAGE_BYTES) {
                return false;
            }
            bytes += value.length;
            return rows.add(new Raw(id, value));
        }
    }

    EmbeddedKeyedDocuments(Database database, Committer committer, LongReads reads, Table table) {
        this.database = database;
        this.committer = committer;
        this.reads = reads;
        this.table = table;
    }

    @Override
    public List<Stored> find(Collection<String> ids) {
        return ids.stream()
                .flatMap(id -> database.get(table, key(id)).map(value -> stored(id, value)).stream())
                .toList();
    }

    @Override
    public List<Stored> page(String prefix, String after, int limit) {
        KeyRange all = Key.of('d').last(prefix).range();
        KeyRange rest =
                after.isEmpty() ? all : all.withFrom(Key.of('d').text(after).toBytes());
        List<Raw> rows = reads.read(view -> {
            var page = new RawPage(limit);
            view.scan(table, rest, row -> page.take(id(row.key()), row.value()));
            return page.rows;
        });
        return rows.stream().map(each -> stored(each.name(), each.document())).toList();
    }

    @Override
    public Revision put(String id, RawJson document, @Nullable Revision expected) throws ConflictException {
        Revision next = Headed.next(expected);
        byte[] value = Headed.format(next.value(), document);
        committer.commit(Commit.Kind.URGENT, value.length, batch -> {
            check(batch, id, expected);
            batch.put(table, key(id), value);
        });
        writes.note(id);
        return next;
    }

    @Override
    public void delete(String id, Revision expected) throws ConflictException {
        committer.commit(Commit.Kind.FREEING, 0, batch -> {
            check(batch, id, expected);
            batch.delete(table, key(id));
        });
        writes.note(id);
    }

    /// What former processes wrote is not told.
    @Override
    public Optional<String> beginning() {
        return Optional.empty();
    }

    @Override
    public String mark() {
        return writes.mark();
    }

    @Override
    public Optional<Changes> changes(String mark, int limit) {
        return writes.since(mark, limit, id -> database.get(table, key(id)).map(value -> Headed.revision(id, value)));
    }

    private void check(Batch batch, String id, @Nullable Revision expected) throws RocksDBException, ConflictException {
        Optional<Revision> found = batch.get(table, key(id)).map(value -> Headed.revision(id, value));
        if (!found.equals(Optional.ofNullable(expected))) {
            throw new ConflictException(id);
        }
    }

    private static Stored stored(String id, byte[] value) {
        try {
            return new Stored(id, RawJson.parse(Headed.document(id, value)), Headed.revision(id, value));
        } catch (MalformedJsonException e) {
            throw new StoreException.Corrupted(id, "The document %s is no JSON: %s".formatted(id, e.getMessage()), e);
        }
    }

    private static byte[] key(String id) {
        return Key.of('d').last(id).toBytes();
    }

    private static String id(byte[] key) {
        return new String(key, 1, key.length - 1, StandardCharsets.UTF_8);
    }
}
