package dev.whirl.store.embedded;

import static dev.whirl.store.Examples.GUEST;

import dev.whirl.model.activation.Activation;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.CodeRef;
import dev.whirl.model.identity.Subject;
import dev.whirl.model.json.ActivationDocuments;
import dev.whirl.model.json.EntityDocuments;
import dev.whirl.model.json.InvocationDocuments;
import dev.whirl.model.json.SubjectDocuments;
import dev.whirl.model.message.Invocation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.rocksdb.RocksDBException;

/// Writes a data folder as format 1 was, row by row:
///
/// | table        | key                                               | value                             |
/// |--------------|---------------------------------------------------|-----------------------------------|
/// | entities     | `e` id                                            | revision, line feed, document     |
/// | entities     | `l` namespace, collection, updated desc, id       |                                   |
/// | entities     | `p` namespace, package, collection, updated …, id |                                   |
/// | entities     | `c` hash of code, id                              |                                   |
/// | subjects     | `s` subject                                       | document                          |
/// | subjects     | `k` uuid                                          | subject                           |
/// | subjects     | `n` namespace, subject                            |                                   |
/// | journal      | `a` id, `s` id                                    | the invocation, nothing           |
/// | records      | id                                                | the record                        |
/// | record-index | `s`, `n`, `d`: as they still are                  |                                   |
///
/// Keys are put together here by hand, as what writes them today may change.
final class FormatOneFolder implements AutoCloseable {
    private final Path root;
    private final Database database;
    private final Batch batch;

    FormatOneFolder(Path root) throws IOException {
        this.root = root;
        Files.createDirectories(root);
        this.database = Database.open(root.resolve("db"));
        this.batch = database.batch();
    }

    void action(Action action, String revision) throws RocksDBException {
        String id = action.id().toString();
        byte[] document = EntityDocuments.write(action).toBytes();
        batch.put(Table.ENTITIES, key('e', id), join(utf8(revision + "\n"), document));
        byte[] end = join(descending(action.updated().toEpochMilli()), utf8(id));
        batch.put(Table.ENTITIES, join(key('l', "guest\0actions\0"), end), new byte[0]);
        if (action.id().pkg() != null) {
            String pkg = action.id().pkg().value();
            batch.put(Table.ENTITIES, join(key('p', "guest\0" + pkg + "\0actions\0"), end), new byte[0]);
        }
        CodeRef code = action.exec().codeRef().orElseThrow();
        batch.put(Table.ENTITIES, key('c', code.sha256() + "\0" + id), new byte[0]);
    }

    /// What a later version can't read either.
    void damagedAction(String id, String revision) throws RocksDBException {
        batch.put(Table.ENTITIES, key('e', id), utf8(revision + "\n{\"entityType\":\"poem\"}"));
    }

    void subject(Subject subject) throws RocksDBException {
        batch.put(
                Table.SUBJECTS,
                key('s', subject.name()),
                SubjectDocuments.write(subject).toBytes());
        for (Subject.Membership each : subject.memberships()) {
            batch.put(Table.SUBJECTS, key('k', each.key().uuid()), utf8(subject.name()));
            batch.put(Table.SUBJECTS, key('n', each.namespace() + "\0" + subject.name()), new byte[0]);
        }
    }

    void accepted(Invocation invocation, boolean mayHaveStarted) throws RocksDBException {
        byte[] id = HexFormat.of().parseHex(invocation.id().value());
        batch.put(
                Table.JOURNAL,
                join(utf8("a"), id),
                InvocationDocuments.write(invocation).toBytes());
        if (mayHaveStarted) {
            batch.put(Table.JOURNAL, join(utf8("s"), id), new byte[0]);
        }
    }

    void record(Activation record) throws RocksDBException {
        byte[] id = HexFormat.of().parseHex(record.id().value());
        byte[] start = descending(record.start().toEpochMilli());
        batch.put(Table.RECORDS, id, ActivationDocuments.write(record).toBytes());
        batch.put(
                Table.RECORD_INDEX,
                join(key('s', GUEST + "\0"), join(start, id)),
                ActivationDocuments.writeSummary(record.summary()).toBytes());
        batch.put(
                Table.RECORD_INDEX, join(key('n', GUEST + "\0" + record.name() + "\0"), join(start, id)), new byte[0]);
        byte[] day = ByteBuffer.allocate(Long.BYTES)
                .putLong(record.start().toEpochMilli())
                .array();
        batch.put(Table.RECORD_INDEX, join(utf8("d"), join(day, join(id, utf8(GUEST.value())))), new byte[0]);
    }

    @Override
    public void close() throws IOException, RocksDBException {
        database.write(batch);
        batch.close();
        database.close();
        Files.writeString(root.resolve("format"), "1");
    }

    private static byte[] descending(long millis) {
        return ByteBuffer.allocate(Long.BYTES).putLong(Long.MAX_VALUE - millis).array();
    }

    private static byte[] key(char tag, String text) {
        return utf8(tag + text);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] join(byte[] first, byte[] second) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(first);
        out.writeBytes(second);
        return out.toByteArray();
    }
}
