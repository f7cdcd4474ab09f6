package dev.whirl.store.memory;

import dev.whirl.store.ActivationsContract;
import dev.whirl.store.CodeStoreContract;
import dev.whirl.store.EntitiesContract;
import dev.whirl.store.EntityKindsContract;
import dev.whirl.store.JournalContract;
import dev.whirl.store.KeyedDocuments;
import dev.whirl.store.KeyedDocumentsContract;
import dev.whirl.store.Stores;
import dev.whirl.store.SubjectsContract;

class MemoryStoresTest
        implements EntitiesContract,
                EntityKindsContract,
                SubjectsContract,
                ActivationsContract,
                JournalContract,
                CodeStoreContract,
                KeyedDocumentsContract {
    private final MemoryStores stores = new MemoryStores();

    @Override
    public Stores stores() {
        return stores;
    }

    @Override
    public KeyedDocuments documents() {
        return stores.feeds();
    }
}
