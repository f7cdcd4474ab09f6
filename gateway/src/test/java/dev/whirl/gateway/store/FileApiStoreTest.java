package dev.whirl.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.whirl.gateway.store.file.FileApiStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileApiStoreTest extends ApiStoreContract {
    @TempDir
    private Path folder;

    @Override
    ApiStore open() {
        return FileApiStore.open(folder.resolve("gateway"));
    }

    private Path file() {
        return folder.resolve("gateway").resolve("apis.log");
    }

    @Test
    void aLineThatACrashCutOffIsDropped() throws ApiStore.ConflictException, IOException {
        store.put(SHOP, null);
        store.close();
        Files.writeString(file(), "{\"put\":\"api\",\"ten", StandardOpenOption.APPEND);

        reopen();
        store.put(BANK, null);
        reopen();

        assertThat(store.read().apis()).containsExactlyInAnyOrder(SHOP, BANK);
    }

    @Test
    void aLineThatCanNotBeReadStopsTheStartInsteadOfBeingForgotten() throws IOException {
        store.close();
        Files.writeString(file(), "{\"put\":\"something\"}\n", StandardOpenOption.APPEND);

        assertThatExceptionOfType(ApiStoreException.class)
                .isThrownBy(this::open)
                .withMessageContaining("a line that can't be read");
        Files.delete(file());
        store = open();
    }

    @Test
    void theFileDoesNotGrowWithEveryChange() throws ApiStore.ConflictException, IOException {
        store.put(SHOP, null);
        for (int i = 0; i < 600; i++) {
            store.put(SHOP_LATER, SHOP);
            store.put(SHOP, SHOP_LATER);
        }

        assertThat(Files.readAllLines(file()).size()).isLessThan(1100);
        reopen();
        assertThat(store.read().apis()).containsExactly(SHOP);
    }

    @Test
    void aCopyHoldsWhatCounts() throws ApiStore.ConflictException {
        store.put(SHOP, null);
        ((FileApiStore) store).copyTo(folder.resolve("copy"));

        try (var copy = FileApiStore.open(folder.resolve("copy"))) {
            assertThat(copy.read().apis()).containsExactly(SHOP);
        }
    }
}
