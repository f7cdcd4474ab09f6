package dev.whirl.store.memory;

import dev.whirl.store.ActivationsContract;
import dev.whirl.store.CodeStoreContract;
import dev.whirl.store.EntitiesContract;
import dev.whirl.store.EntityKindsContract;
import dev.whirl.store.JournalContract;
import dev.whirl.store.Stores;
import dev.whirl.store.SubjectsContract;

class MemoryStoresTest
        implements EntitiesContract,
                EntityKindsContract,
                SubjectsContract,
                ActivationsContract,
                JournalContract,
                CodeStoreContract {
    private final MemoryStores stores = new MemoryStores();

    @Override
    public Stores stores() {
        return stores;
    }
}
