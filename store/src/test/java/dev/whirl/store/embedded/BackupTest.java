package dev.whirl.store.embedded;

import static dev.whirl.store.Examples.GUEST;
import static dev.whirl.store.Examples.NOON;
import static dev.whirl.store.Examples.action;
import static dev.whirl.store.Examples.id;
import static dev.whirl.store.Examples.invocation;
import static dev.whirl.store.Examples.record;
import static dev.whirl.store.Examples.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.CodeRef;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.entity.Entity;
import dev.whirl.model.message.Invocation;
import dev.whirl.store.Entities.Query;
import dev.whirl.store.InvocationJournal.Entry;
import dev.whirl.store.StoreException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Backups of a store at work, and putting them back.
class BackupTest {
    private static final Query ACTIONS = new Query(GUEST, Collection.ACTIONS, null, 0, 100_000);

    @TempDir
    Path parent;

    /// What was accepted is in it, to be recorded as lost: the server that goes on runs it.
    @Test
    @Tag("attack-47")
    void aBackupHoldsEverythingAsItWasAndNothingOfWhatCameLater() throws Exception {
        Activation done = record("hello", NOON);
        Invocation accepted = invocation(ActivationId.random(), NOON);
        CodeRef code;
        try (EmbeddedStores stores = open("data")) {
            code = stores.code().put(new byte[] {1, 2, 3}, true);
            stores.entities().put(action(id("hello"), code, NOON), null);
            stores.subjects().put(subject("annalise", "first", "u1"));
            stores.journal().accept(accepted);
            stores.activations().record(done);

            stores.backup(parent.resolve("backup"));

            stores.entities().put(action("later", NOON), null);
        }
        EmbeddedStores.restore(parent.resolve("backup"), parent.resolve("restored"));

        try (EmbeddedStores stores = open("restored")) {
            assertThat(stores.entities().list(ACTIONS)).extracting(Entity::id).containsExactly(id("hello"));
            assertThat(stores.entities().count(ACTIONS)).isEqualTo(1);
            assertThat(stores.code().get(code)).containsExactly(1, 2, 3);
            assertThat(stores.subjects().byKey("u1")).isPresent();
            assertThat(stores.activations().find(GUEST, done.id())).contains(done);
            assertThat(stores.journal().unfinished(null, 10)).containsExactly(new Entry(accepted, true));
            stores.entities().put(action("more", NOON), null);
        }
        EmbeddedStores.restore(parent.resolve("backup"), parent.resolve("again"));
        try (EmbeddedStores stores = open("again")) {
            assertThat(stores.entities().count(ACTIONS)).isEqualTo(1);
        }
    }

    @Test
    void whatTheGatewayLeftInABackupIsPutBackToo() throws Exception {
        try (EmbeddedStores stores = open("data")) {
            stores.backup(parent.resolve("backup"));
        }
        Path apis = Files.createDirectory(parent.resolve("backup").resolve("gateway"));
        Files.writeString(apis.resolve("apis.log"), "apis");

        EmbeddedStores.restore(parent.resolve("backup"), parent.resolve("restored"));

        assertThat(parent.resolve("restored/gateway/apis.log")).hasContent("apis");
    }

    @Test
    void aBackupUnderLoadHasAllCodeOfItsActionsAndNoGaps() throws Exception {
        var isOver = new AtomicBoolean();
        var begun = new CountDownLatch(100);
        try (EmbeddedStores stores = open("data");
                var writer = Executors.newVirtualThreadPerTaskExecutor()) {
            var written = writer.submit(() -> {
                int i = 0;
                for (; !isOver.get(); i++) {
                    CodeRef code = stores.code().put(("code " + i).getBytes(StandardCharsets.UTF_8), false);
                    stores.entities().put(action(id("a" + i), code, NOON.plusMillis(i)), null);
                    begun.countDown();
                }
                return i;
            });
            begun.await();

            try {
                stores.backup(parent.resolve("backup"));
            } finally {
                isOver.set(true);
            }
            assertThat(written.get()).isGreaterThanOrEqualTo(100);
        }

        EmbeddedStores.restore(parent.resolve("backup"), parent.resolve("restored"));
        try (EmbeddedStores stores = open("restored")) {
            var actions = stores.entities().list(ACTIONS);
            assertThat(actions).hasSizeGreaterThanOrEqualTo(100).hasSize((int)
                    stores.entities().count(ACTIONS));
            assertThat(actions.getFirst().id()).isEqualTo(id("a" + (actions.size() - 1)));
            for (Entity each : actions) {
                CodeRef code = ((Action) each).exec().codeRef().orElseThrow();
                assertThat(stores.code().get(code)).isNotEmpty();
            }
        }
    }

    @Test
    void aBackupIsForItsOwnerAloneAndNeverWritesIntoAFolderWithSomethingInIt() throws Exception {
        Files.createDirectories(parent.resolve("full"));
        Files.writeString(parent.resolve("full/file"), "mine");
        try (EmbeddedStores stores = open("data")) {
            assertThatThrownBy(() -> stores.backup(parent.resolve("full")))
                    .isInstanceOf(StoreException.Unavailable.class)
                    .hasMessage("The folder %s is not empty.".formatted(parent.resolve("full")));
            Files.createDirectories(parent.resolve("backup"));
            stores.backup(parent.resolve("backup"));
        }

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(parent.resolve("backup"))))
                .isEqualTo("rwx------");
        assertThatThrownBy(() -> EmbeddedStores.restore(parent.resolve("backup"), parent.resolve("full")))
                .hasMessageContaining("is not empty");
        assertThat(parent.resolve("full/file")).hasContent("mine");
    }

    @Test
    void whatIsNoWholeBackupIsRefused() throws Exception {
        try (EmbeddedStores stores = open("data")) {
            stores.backup(parent.resolve("backup"));
        }
        Path format = parent.resolve("backup/format");

        Files.writeString(format, "99");
        assertThatThrownBy(() -> EmbeddedStores.restore(parent.resolve("backup"), parent.resolve("x")))
                .isInstanceOf(StoreException.Unavailable.class)
                .hasMessageContaining("newer version");
        Files.delete(format);
        assertThatThrownBy(() -> EmbeddedStores.restore(parent.resolve("backup"), parent.resolve("x")))
                .isInstanceOf(StoreException.Unavailable.class)
                .hasMessageContaining("not a whole data folder");
        assertThatThrownBy(() -> open("backup")).hasMessageContaining("not a whole data folder");
        assertThat(parent.resolve("x")).doesNotExist();
    }

    @Test
    void aFolderThatIsHalfRestoredIsNotOpened() throws Exception {
        try (EmbeddedStores stores = open("data")) {
            stores.backup(parent.resolve("backup"));
        }
        Files.delete(parent.resolve("backup/code"));
        assertThatThrownBy(() -> EmbeddedStores.restore(parent.resolve("backup"), parent.resolve("half")))
                .isInstanceOf(StoreException.Unavailable.class);

        assertThatThrownBy(() -> open("half"))
                .isInstanceOf(StoreException.Unavailable.class)
                .hasMessageContaining("half restored");
    }

    private EmbeddedStores open(String folder) {
        return EmbeddedStores.open(EmbeddedStoreConfig.in(parent.resolve(folder)), new SimpleMeterRegistry());
    }
}
