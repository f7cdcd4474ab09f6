package dev.whirl.store.embedded;

import dev.whirl.model.entity.Collection;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.json.InvocationDocuments;
import dev.whirl.store.Revision;
import dev.whirl.store.StoreException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/// From format 1 to format 2:
///
/// | in format 1                                   | in format 2                                   |
/// |-----------------------------------------------|-----------------------------------------------|
/// | an entity is its revision and its document    | its line says more: see [StoredEntity]        |
/// | lists of entities are counted row by row      | each has a count: see [EntityRows]            |
/// | a subject is its document                     | it has a revision                             |
/// | an entry of the journal is one row by id      | two rows, one in the order of time            |
///
/// Rows that are in the new form already are left alone, so that this can be done again.
final class UpgradeToTwo implements DataFormat.Upgrade {
    private static final int PAGE_ROWS = 1000;
    private static final long PAGE_BYTES = 8L * 1024 * 1024;
    private static final Revision FIRST = new Revision("1-0000000000000000");

    private static final class Row {
        private final byte[] key;
        private final byte[] value;

        Row(View.Row row) {
            this.key = row.key();
            this.value = row.value();
        }
    }

    private interface RowStep {
        void apply(Batch batch, byte[] key, byte[] value) throws RocksDBException;
    }

    private final Path folder;
    private final Map<ByteBuffer, Long> counts = new HashMap<>();

    UpgradeToTwo(Path root) {
        this.folder = root.resolve(DataFolder.DATABASE);
    }

    @Override
    public void run() {
        try (Database database = Database.open(folder)) {
            counts.clear();
            each(database, Table.ENTITIES, EntityRows.documents(), this::entity);
            writeCounts(database);
            each(database, Table.SUBJECTS, Key.of('s').range(), UpgradeToTwo::subject);
            each(database, Table.JOURNAL, Key.of('a').range(), UpgradeToTwo::accepted);
        } catch (RocksDBException e) {
            throw Faults.of("upgrade", folder, e);
        }
    }

    private void entity(Batch batch, byte[] key, byte[] value) throws RocksDBException {
        String name = EntityRows.id(key);
        EntityId id = id(name);
        boolean isNew = Headed.line(name, value).contains(" ");
        StoredEntity head = isNew ? StoredEntity.head(name, value) : headOfOne(name, value);
        if (!isNew) {
            batch.put(Table.ENTITIES, key, head.with(Headed.document(name, value)));
        }
        for (byte[] list : EntityRows.lists(id, head)) {
            counts.merge(ByteBuffer.wrap(list), 1L, Long::sum);
        }
    }

    /// There were only actions. One that can't be read can be deleted at least.
    private static StoredEntity headOfOne(String name, byte[] value) {
        Revision revision = Headed.revision(name, value);
        try {
            return StoredEntity.of(StoredEntity.parse(name, value).entity(), revision);
        } catch (StoreException.Corrupted e) {
            return new StoredEntity(revision, Collection.ACTIONS, 0, false, Optional.empty());
        }
    }

    private void writeCounts(Database database) throws RocksDBException {
        try (Batch batch = database.batch()) {
            for (var each : counts.entrySet()) {
                byte[] counter = EntityRows.counter(each.getKey().array());
                batch.put(Table.ENTITIES, counter, EntityRows.format(each.getValue()));
            }
            database.write(batch);
        }
    }

    private static void subject(Batch batch, byte[] key, byte[] value) throws RocksDBException {
        if (value.length > 0 && value[0] == '{') {
            batch.put(Table.SUBJECTS, key, Headed.format(FIRST.value(), value));
        }
    }

    private static void accepted(Batch batch, byte[] key, byte[] value) throws RocksDBException {
        if (value.length == Long.BYTES) {
            return;
        }
        byte[] id = Arrays.copyOfRange(key, 1, key.length);
        EmbeddedJournal.accept(batch, id, created(value).toEpochMilli(), value);
    }

    /// One that can't be read is kept, in front of all others.
    private static Instant created(byte[] document) {
        try {
            return Documents.read("an invocation", document, InvocationDocuments::read)
                    .createdAt();
        } catch (StoreException.Corrupted e) {
            return Instant.EPOCH;
        }
    }

    private static EntityId id(String text) {
        String[] parts = text.split("/", 3);
        var namespace = new NamespaceName(parts[0]);
        return parts.length == 3
                ? new EntityId(namespace, new EntityName(parts[1]), new EntityName(parts[2]))
                : EntityId.of(namespace, new EntityName(parts[1]));
    }

    /// Does a step on each row of a range, some at a time.
    private static void each(Database database, Table table, KeyRange range, RowStep step) throws RocksDBException {
        Optional<KeyRange> rest = Optional.of(range);
        while (rest.isPresent()) {
            var page = new ArrayList<Row>();
            rest = read(database, table, rest.get(), page);
            try (Batch batch = database.batch()) {
                for (Row row : page) {
                    step.apply(batch, row.key, row.value);
                }
                database.write(batch);
            }
        }
    }

    private static Optional<KeyRange> read(Database database, Table table, KeyRange range, List<Row> page) {
        var rest = new ArrayList<KeyRange>(1);
        var bytes = new long[1];
        try (View view = database.view()) {
            view.scan(table, range, row -> {
                if (page.size() == PAGE_ROWS || bytes[0] >= PAGE_BYTES) {
                    rest.add(range.withFrom(row.key()));
                    return false;
                }
                var read = new Row(row);
                bytes[0] += read.value.length;
                return page.add(read);
            });
        }
        return rest.stream().findFirst();
    }
}
