package dev.whirl.store.embedded;

import static dev.whirl.store.Examples.GUEST;
import static dev.whirl.store.Examples.NOON;
import static dev.whirl.store.Examples.action;
import static dev.whirl.store.Examples.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.model.entity.Collection;
import dev.whirl.store.Entities.Query;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The log ends in the middle of something: what a power cut leaves.
@Tag("attack-44")
class TornLogTest {
    private static final int WRITTEN = 20;

    @TempDir
    Path parent;

    private Path copy;
    private Path log;

    @BeforeEach
    void copyWhileOpen() throws Exception {
        Path data = parent.resolve("data");
        copy = parent.resolve("copy");
        try (EmbeddedStores stores = open(data)) {
            for (int i = 0; i < WRITTEN; i++) {
                stores.entities().put(action("a" + i, NOON.plusSeconds(i)), null);
            }
            Folders.copy(data, copy);
        }
        log = Folders.newestLog(copy);
    }

    @Test
    void attack44AnUnfinishedLastWriteIsLeftOut() throws Exception {
        try (FileChannel file = FileChannel.open(log, StandardOpenOption.WRITE)) {
            file.truncate(file.size() - 10);
        }

        checkAllBut(1);
    }

    @Test
    void attack44ADamagedLastWriteIsLeftOut() throws Exception {
        try (FileChannel file = FileChannel.open(log, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), file.size() - 10);
        }

        checkAllBut(1);
    }

    @Test
    void attack44RubbishAfterTheLastWriteChangesNothing() throws Exception {
        var rubbish = new byte[10_000];
        new Random(1).nextBytes(rubbish);
        Files.write(log, rubbish, StandardOpenOption.APPEND);

        checkAllBut(0);
    }

    @Test
    void attack44ZerosAfterTheLastWriteChangeNothing() throws Exception {
        Files.write(log, new byte[10_000], StandardOpenOption.APPEND);

        checkAllBut(0);
    }

    private void checkAllBut(int lost) throws Exception {
        try (EmbeddedStores stores = open(copy)) {
            for (int i = 0; i < WRITTEN - lost; i++) {
                assertThat(stores.entities().find(id("a" + i))).isPresent();
            }
            var all = new Query(GUEST, Collection.ACTIONS, null, 0, 200);
            assertThat(stores.entities().list(all)).hasSize(WRITTEN - lost);
            stores.entities().put(action("more", NOON), null);
        }
        try (EmbeddedStores stores = open(copy)) {
            assertThat(stores.entities().find(id("more"))).isPresent();
            assertThat(stores.entities().find(id("a0"))).isPresent();
        }
    }

    private static EmbeddedStores open(Path data) throws IOException {
        return EmbeddedStores.open(EmbeddedStoreConfig.in(data), new SimpleMeterRegistry());
    }
}
