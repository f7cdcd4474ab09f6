package dev.whirl.store.embedded;

import static dev.whirl.store.Examples.NOON;
import static dev.whirl.store.Examples.action;
import static dev.whirl.store.Examples.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.model.entity.CodeRef;
import dev.whirl.store.EntitiesContract;
import dev.whirl.store.Revision;
import dev.whirl.store.StoreException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileCodeStoreTest {
    private static final byte[] TEXT = "exports.main = () => 1".getBytes(StandardCharsets.UTF_8);

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

    @Test
    @Tag("attack-16")
    void attack16ChangedCodeIsNeverHandedOut() throws Exception {
        CodeRef ref = stores.code().put(TEXT, false);
        Files.writeString(file(ref), "exports.main = () => 2");

        assertThatThrownBy(() -> stores.code().get(ref))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    @Tag("attack-16")
    void attack16ChangedCodeIsReplacedWhenItIsPutAgain() throws Exception {
        CodeRef ref = stores.code().put(TEXT, false);
        Files.writeString(file(ref), "");

        stores.code().put(TEXT, false);

        assertThat(stores.code().get(ref)).isEqualTo(TEXT);
    }

    @Test
    void theSameTextIsOneFile() throws Exception {
        EntitiesContract.inParallel(8, _ -> stores.code().put(TEXT, false));

        assertThat(Folders.walk(data.resolve("code")).stream().filter(Files::isRegularFile))
                .hasSize(1);
    }

    @Test
    void leftoversOfACrashGoAtTheStart() throws Exception {
        CodeRef ref = stores.code().put(TEXT, false);
        Path leftover = data.resolve("code").resolve("tmp").resolve(ref.sha256());
        Files.writeString(leftover, "half");
        stores.close();

        open();

        assertThat(leftover).doesNotExist();
        assertThat(stores.code().get(ref)).isEqualTo(TEXT);
    }

    @Test
    void usedCodeStaysAndUnusedCodeGoesAfterItsGrace() throws Exception {
        CodeRef used = stores.code().put(TEXT, false);
        CodeRef unused = stores.code().put(new byte[] {1}, true);
        stores.entities().put(action(id("hello"), used, NOON), null);
        Instant later = Instant.now().plus(Duration.ofHours(2));

        stores.sweeper().sweep(Instant.now());
        assertThat(file(unused)).exists();
        stores.sweeper().sweep(later);

        assertThat(file(unused)).doesNotExist();
        assertThat(stores.code().get(used)).isEqualTo(TEXT);
    }

    @Test
    void codeThatWasReplacedOrDeletedHasItsGraceFromThen() throws Exception {
        CodeRef ref = stores.code().put(TEXT, false);
        Revision revision = stores.entities().put(action(id("hello"), ref, NOON), null);
        stores.entities().put(action(id("twin"), ref, NOON), null);
        Instant later = Instant.now().plus(Duration.ofHours(2));
        stores.sweeper().sweep(later);
        stores.entities().delete(id("hello"), revision);
        stores.sweeper().sweep(later.plus(Duration.ofHours(2)));
        assertThat(file(ref)).exists();

        deleteTwin();
        stores.sweeper().sweep(later.plus(Duration.ofHours(4)));
        assertThat(file(ref)).exists();
        stores.sweeper().sweep(later.plus(Duration.ofHours(6)));

        assertThat(file(ref)).doesNotExist();
    }

    @Test
    void codeThatIsPutAgainHasItsGraceFromThen() throws Exception {
        CodeRef ref = stores.code().put(TEXT, false);
        Files.setLastModifiedTime(file(ref), java.nio.file.attribute.FileTime.from(NOON));
        stores.sweeper().sweep(NOON.plus(Duration.ofDays(1)));

        stores.code().put(TEXT, false);
        Instant put = Files.getLastModifiedTime(file(ref)).toInstant();
        stores.sweeper().sweep(put.plus(Duration.ofMinutes(59)));

        assertThat(stores.code().get(ref)).isEqualTo(TEXT);
    }

    private void deleteTwin() throws Exception {
        Revision revision = stores.entities().find(id("twin")).orElseThrow().revision();
        stores.entities().delete(id("twin"), revision);
    }

    private Path file(CodeRef ref) {
        return data.resolve("code").resolve(ref.sha256().substring(0, 2)).resolve(ref.sha256());
    }
}
