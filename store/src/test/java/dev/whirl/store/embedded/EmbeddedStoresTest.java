package dev.whirl.store.embedded;

import dev.whirl.store.ActivationsContract;
import dev.whirl.store.CodeStoreContract;
import dev.whirl.store.EntitiesContract;
import dev.whirl.store.EntityKindsContract;
import dev.whirl.store.JournalContract;
import dev.whirl.store.KeyedDocuments;
import dev.whirl.store.KeyedDocumentsContract;
import dev.whirl.store.Stores;
import dev.whirl.store.SubjectsContract;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoresTest
        implements EntitiesContract,
                EntityKindsContract,
                SubjectsContract,
                ActivationsContract,
                JournalContract,
                CodeStoreContract,
                KeyedDocumentsContract {
    @TempDir
    Path data;

    private EmbeddedStores stores;

    @BeforeEach
    void open() {
        stores = EmbeddedStores.open(EmbeddedStoreConfig.in(data), new SimpleMeterRegistry());
    }

    @AfterEach
    void close() {
        stores.close();
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
