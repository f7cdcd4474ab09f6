package dev.whirl.store.embedded;

import dev.whirl.store.ActivationsContract;
import dev.whirl.store.JournalContract;
import dev.whirl.store.Stores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// The same contract where each record is durable before its writer goes on.
class SyncedRecordsTest implements ActivationsContract, JournalContract {
    @TempDir
    Path data;

    private EmbeddedStores stores;

    @BeforeEach
    void open() {
        stores = EmbeddedStores.open(EmbeddedStoreConfig.in(data).withSyncRecords(true), new SimpleMeterRegistry());
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @Override
    public Stores stores() {
        return stores;
    }
}
