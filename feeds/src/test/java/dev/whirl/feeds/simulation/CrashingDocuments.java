package dev.whirl.feeds.simulation;

import dev.whirl.model.json.RawJson;
import dev.whirl.store.ConflictException;
import dev.whirl.store.KeyedDocuments;
import dev.whirl.store.Revision;
import dev.whirl.store.StoreException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The shared documents as one process has them: it may die before or after a write, and the store may fail before or
/// after it.
record CrashingDocuments(KeyedDocuments shared, Chance chance) implements KeyedDocuments {
    @Override
    public List<Stored> find(Collection<String> ids) {
        return shared.find(ids);
    }

    @Override
    public List<Stored> page(String prefix, String after, int limit) {
        return shared.page(prefix, after, limit);
    }

    @Override
    public Revision put(String id, RawJson document, @Nullable Revision expected) throws ConflictException {
        around();
        Revision next = shared.put(id, document, expected);
        around();
        return next;
    }

    @Override
    public void delete(String id, Revision expected) throws ConflictException {
        around();
        shared.delete(id, expected);
        around();
    }

    private void around() {
        if (chance.crashes()) {
            throw new Crash();
        }
        if (chance.storeFails()) {
            throw new StoreException.Unavailable("simulated");
        }
    }

    @Override
    public String mark() {
        return shared.mark();
    }

    @Override
    public Optional<Changes> changes(String mark, int limit) {
        return shared.changes(mark, limit);
    }
}
