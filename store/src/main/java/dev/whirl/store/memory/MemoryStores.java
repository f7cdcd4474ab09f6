package dev.whirl.store.memory;

import dev.whirl.store.Activations;
import dev.whirl.store.CodeStore;
import dev.whirl.store.Entities;
import dev.whirl.store.InvocationJournal;
import dev.whirl.store.KeyedDocuments;
import dev.whirl.store.Stores;
import dev.whirl.store.Subjects;

/// Stores that live as long as this object.
public final class MemoryStores implements Stores {
    private final MemoryEntities entities = new MemoryEntities();
    private final MemorySubjects subjects = new MemorySubjects();
    private final MemoryCode code = new MemoryCode();
    private final MemoryRecords records = new MemoryRecords();
    private final MemoryKeyedDocuments feeds = new MemoryKeyedDocuments();

    @Override
    public Entities entities() {
        return entities;
    }

    @Override
    public Subjects subjects() {
        return subjects;
    }

    @Override
    public CodeStore code() {
        return code;
    }

    @Override
    public Activations activations() {
        return records;
    }

    @Override
    public InvocationJournal journal() {
        return records.journal();
    }

    /// Documents of feeds.
    public KeyedDocuments feeds() {
        return feeds;
    }

    /// Keeps everything: a test may open a server on it again.
    @Override
    public void close() {}
}
