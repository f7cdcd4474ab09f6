package dev.whirl.store.memory;

import dev.whirl.model.json.RawJson;
import dev.whirl.store.ConflictException;
import dev.whirl.store.KeyedDocuments;
import dev.whirl.store.RecentWrites;
import dev.whirl.store.Revision;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Documents in a map. The monitor guards [#byId].
final class MemoryKeyedDocuments implements KeyedDocuments {
    private final TreeMap<String, Stored> byId = new TreeMap<>();

    private final RecentWrites writes = new RecentWrites();

    @Override
    public synchronized List<Stored> find(Collection<String> ids) {
        return ids.stream().map(byId::get).filter(Objects::nonNull).toList();
    }

    @Override
    public synchronized List<Stored> page(String prefix, String after, int limit) {
        var page = new ArrayList<Stored>();
        long bytes = 0;
        for (Stored each : byId.tailMap(prefix, true).values()) {
            if (!each.id().startsWith(prefix) || page.size() >= limit || bytes >= PAGE_BYTES) {
                break;
            }
            if (each.id().compareTo(after) > 0) {
                page.add(each);
                bytes += each.document().sizeBytes();
            }
        }
        return page;
    }

    @Override
    public synchronized Revision put(String id, RawJson document, @Nullable Revision expected)
            throws ConflictException {
        check(id, expected);
        var revision = new Revision(Long.toString(writes.note(id)));
        byId.put(id, new Stored(id, document, revision));
        return revision;
    }

    @Override
    public synchronized void delete(String id, Revision expected) throws ConflictException {
        check(id, expected);
        byId.remove(id);
        writes.note(id);
    }

    @Override
    public Optional<String> beginning() {
        return Optional.of(RecentWrites.BEGINNING);
    }

    @Override
    public String mark() {
        return writes.mark();
    }

    @Override
    public synchronized Optional<Changes> changes(String mark, int limit) {
        return writes.since(mark, limit, this::revision);
    }

    private void check(String id, @Nullable Revision expected) throws ConflictException {
        if (!revision(id).equals(Optional.ofNullable(expected))) {
            throw new ConflictException(id);
        }
    }

    private Optional<Revision> revision(String id) {
        return Optional.ofNullable(byId.get(id)).map(Stored::revision);
    }
}
