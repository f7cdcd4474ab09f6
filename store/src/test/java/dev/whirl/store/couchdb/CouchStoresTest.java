package dev.whirl.store.couchdb;

import dev.whirl.store.ActivationsContract;
import dev.whirl.store.CodeStoreContract;
import dev.whirl.store.EntitiesContract;
import dev.whirl.store.EntityKindsContract;
import dev.whirl.store.KeyedDocuments;
import dev.whirl.store.KeyedDocumentsContract;
import dev.whirl.store.Stores;
import dev.whirl.store.SubjectsContract;
import dev.whirl.store.couchdb.CouchDesign.Replace;
import dev.whirl.store.memory.MemoryStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/// The journal is not CouchDB's: it keeps none.
@Tag("I-45")
class CouchStoresTest
        implements EntitiesContract,
                EntityKindsContract,
                SubjectsContract,
                ActivationsContract,
                CodeStoreContract,
                KeyedDocumentsContract {
    private final CouchStoreConfig config = CouchUnderTest.fresh();
    private CouchStores stores;

    @BeforeEach
    void open() {
        CouchDesign.init(config, new SimpleMeterRegistry(), Replace.NEEDED);
        stores = CouchStores.open(config, new SimpleMeterRegistry(), new MemoryStores().journal());
    }

    @AfterEach
    void close() {
        stores.close();
        CouchUnderTest.drop(config);
    }

    @Override
    public Stores stores() {
        return stores;
    }

    @Override
    public KeyedDocuments documents() {
        return stores.feeds();
    }
}
