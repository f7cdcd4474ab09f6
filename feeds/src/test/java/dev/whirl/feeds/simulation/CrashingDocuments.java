package dev.whirl.feeds.simulation;

import dev.whirl.feeds.DocumentsAround;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.ConflictException;
import dev.whirl.store.KeyedDocuments;
import dev.whirl.store.Revision;
import dev.whirl.store.StoreException;
import org.jspecify.annotations.Nullable;

/// The shared documents as one process has them: it may die before or after a write, and the store may fail before or
/// after it.
final class CrashingDocuments extends DocumentsAround {
    private final Chance chance;

    CrashingDocuments(KeyedDocuments shared, Chance chance) {
        super(shared);
        this.chance = chance;
    }

    @Override
    public Revision put(String id, RawJson document, @Nullable Revision expected) throws ConflictException {
        around();
        Revision next = super.put(id, document, expected);
        around();
        return next;
    }

    @Override
    public void delete(String id, Revision expected) throws ConflictException {
        around();
        super.delete(id, expected);
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
}
