package dev.whirl.store.embedded;

import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationSummary;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.store.ActivationNames;
import dev.whirl.store.Activations.Query;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// The keys of one record. In [Table#RECORDS] it is found by its id; in [Table#RECORD_INDEX] there are
///
/// | key                                        | value      | for                              |
/// |--------------------------------------------|------------|----------------------------------|
/// | `s` namespace, start descending, id        | short form | lists of a namespace             |
/// | `n` namespace, name, start descending, id  |            | the name filter (row R-133)      |
/// | `n` namespace, package/name, start …, id   |            | the same, with a package         |
/// | `d` start, id, namespace                   |            | retention by age                 |
final class RecordRows {
    private static final int ID = ActivationId.LENGTH / 2;
    private static final int TAIL = Long.BYTES + ID;

    private final NamespaceName namespace;
    private final byte[] id;
    private final long start;
    private final List<String> names;

    private RecordRows(NamespaceName namespace, byte[] id, long start, List<String> names) {
        this.namespace = namespace;
        this.id = id;
        this.start = start;
        this.names = names;
    }

    static RecordRows of(ActivationSummary summary) {
        var names = new ArrayList<String>(2);
        names.add(summary.name().value());
        ActivationNames.packageOf(summary.annotations())
                .ifPresent(pkg -> names.add(pkg.value() + "/" + summary.name().value()));
        return new RecordRows(
                summary.namespace(), id(summary.id()), summary.start().toEpochMilli(), List.copyOf(names));
    }

    /// The rows of a record of which only the key of its short form is known.
    static RecordRows nameless(NamespaceName namespace, byte[] tail) {
        long start = Long.MAX_VALUE - ByteBuffer.wrap(tail).getLong();
        return new RecordRows(namespace, idOfTail(tail), start, List.of());
    }

    /// The key of a record's document.
    static byte[] id(ActivationId id) {
        return HexFormat.of().parseHex(id.value());
    }

    byte[] id() {
        return id;
    }

    byte[] summary() {
        return summaries(namespace).descending(start).raw(id).toBytes();
    }

    byte[] date() {
        return dates().ascending(start).raw(id).last(namespace.value()).toBytes();
    }

    List<byte[]> names() {
        return names.stream()
                .map(name -> named(namespace, name).descending(start).raw(id).toBytes())
                .toList();
    }

    /// The rows that a query is about, in the order of the list.
    static KeyRange range(Query query) {
        KeyRange range = prefix(query).range();
        if (query.upto() != null) {
            range = range.withFrom(
                    prefix(query).descending(query.upto().toEpochMilli()).toBytes());
        }
        if (query.since() != null) {
            range = range.withTo(Key.next(
                    prefix(query).descending(query.since().toEpochMilli()).toBytes()));
        }
        return range;
    }

    /// The end of a key of either list: start and id.
    static byte[] tail(byte[] listKey) {
        return Arrays.copyOfRange(listKey, listKey.length - TAIL, listKey.length);
    }

    static byte[] idOfTail(byte[] tail) {
        return Arrays.copyOfRange(tail, Long.BYTES, TAIL);
    }

    static byte[] summary(NamespaceName namespace, byte[] tail) {
        return summaries(namespace).raw(tail).toBytes();
    }

    static Key summaries(NamespaceName namespace) {
        return allSummaries().text(namespace.value());
    }

    static Key allSummaries() {
        return Key.of('s');
    }

    static Key dates() {
        return Key.of('d');
    }

    /// The key of the short form that belongs to a row of retention by age.
    static byte[] summaryOfDate(byte[] dateKey) {
        int idAt = 1 + Long.BYTES;
        byte[] id = Arrays.copyOfRange(dateKey, idAt, idAt + ID);
        long start = ByteBuffer.wrap(dateKey, 1, Long.BYTES).getLong();
        String namespace =
                new String(dateKey, idAt + ID, dateKey.length - idAt - ID, java.nio.charset.StandardCharsets.UTF_8);
        return allSummaries().text(namespace).descending(start).raw(id).toBytes();
    }

    private static Key prefix(Query query) {
        EntityName name = query.name();
        if (name == null) {
            return summaries(query.namespace());
        }
        return named(
                query.namespace(),
                query.pkg() == null ? name.value() : query.pkg().value() + "/" + name.value());
    }

    private static Key named(NamespaceName namespace, String name) {
        return Key.of('n').text(namespace.value()).text(name);
    }
}
