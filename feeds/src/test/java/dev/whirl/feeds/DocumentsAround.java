package dev.whirl.feeds;

import dev.whirl.model.json.RawJson;
import dev.whirl.store.ConflictException;
import dev.whirl.store.KeyedDocuments;
import dev.whirl.store.Revision;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The documents of another store, for tests in which something more happens at one of its calls.
public abstract class DocumentsAround implements KeyedDocuments {
    private final KeyedDocuments stored;

    protected DocumentsAround(KeyedDocuments stored) {
        this.stored = stored;
    }

    @Override
    public List<Stored> find(Collection<String> ids) {
        return stored.find(ids);
    }

    @Override
    public List<Stored> page(String prefix, String after, int limit) {
        return stored.page(prefix, after, limit);
    }

    @Override
    public Revision put(String id, RawJson document, @Nullable Revision expected) throws ConflictException {
        return stored.put(id, document, expected);
    }

    @Override
    public void delete(String id, Revision expected) throws ConflictException {
        stored.delete(id, expected);
    }

    @Override
    public Optional<String> beginning() {
        return stored.beginning();
    }

    @Override
    public String mark() {
        return stored.mark();
    }

    @Override
    public Optional<Changes> changes(String mark, int limit) {
        return stored.changes(mark, limit);
    }
}
