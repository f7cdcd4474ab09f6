package dev.whirl.store.couchdb;

import static dev.whirl.store.Examples.NOON;
import static dev.whirl.store.Examples.action;
import static dev.whirl.store.Examples.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.entity.CodeRef;
import dev.whirl.store.Revision;
import dev.whirl.store.StoreException;
import dev.whirl.store.couchdb.CouchDesign.Replace;
import dev.whirl.store.memory.MemoryStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("I-48")
class CouchCodeTest {
    private final CouchStoreConfig config = CouchUnderTest.fresh();
    private CouchStores stores;

    @BeforeEach
    void open() {
        CouchDesign.init(config, new SimpleMeterRegistry(), Replace.NEEDED);
        stores = another(config);
    }

    @AfterEach
    void close() {
        stores.close();
        CouchUnderTest.drop(config);
    }

    private static CouchStores another(CouchStoreConfig config) {
        return CouchStores.open(config, new SimpleMeterRegistry(), new MemoryStores().journal());
    }

    @Test
    void codeThatHadToMakeRoomIsAskedForAgainInsteadOfBeingLost() {
        var narrow = new CouchStoreConfig(
                config.access(), config.prefix(), config.pace(), config.records(), ByteSize.bytes(1000));
        try (CouchStores few = another(narrow)) {
            CodeRef ref = few.code().put(text(2000, "a"), false);

            assertThatThrownBy(() -> few.entities().put(action(id("hello"), ref, NOON), null))
                    .isInstanceOf(StoreException.Unavailable.class)
                    .hasMessageContaining("guest/hello")
                    .hasMessageContaining("store.couchdb.staged-code");
        }
        assertThat(stores.entities().find(id("hello"))).isEmpty();
    }

    @Test
    void codeOfAnActionIsThereForThoseWhoReadItBeforeItWasChanged() throws Exception {
        CodeRef first = stores.code().put(text(20_000, "a"), false);
        Revision revision = stores.entities().put(action(id("hello"), first, NOON), null);
        try (CouchStores invoker = another(config)) {
            assertThat(invoker.entities().find(id("hello"))).isPresent();
            CodeRef second = stores.code().put(text(20_000, "b"), false);
            stores.entities().put(action(id("hello"), second, NOON.plusSeconds(1)), revision);

            assertThat(invoker.code().get(first)).isEqualTo(text(20_000, "a"));
            assertThat(invoker.entities().find(id("hello"))).isPresent();
            assertThat(invoker.code().get(second)).isEqualTo(text(20_000, "b"));
        }
    }

    @Test
    void twoActionsMayHaveOneText() throws Exception {
        CodeRef ref = stores.code().put(text(20_000, "a"), false);
        Revision revision = stores.entities().put(action(id("first"), ref, NOON), null);
        stores.entities().put(action(id("second"), ref, NOON), null);
        stores.entities().delete(id("first"), revision);

        try (CouchStores invoker = another(config)) {
            assertThat(invoker.entities().find(id("second"))).isPresent();
            assertThat(invoker.code().get(ref)).isEqualTo(text(20_000, "a"));
        }
    }

    /// Else somebody could have other code run in place of an archive by sending its bytes as source.
    @Test
    @Tag("attack-16")
    void sourceWithTheBytesOfAnArchiveHasAnotherReference() {
        byte[] bytes = "some bytes".getBytes(StandardCharsets.UTF_8);

        CodeRef source = stores.code().put(bytes, false);
        CodeRef archive = stores.code().put(Base64.getEncoder().encode(bytes), true);

        assertThat(source.sha256()).isNotEqualTo(archive.sha256());
        assertThat(stores.code().get(source)).isEqualTo(bytes);
        assertThat(stores.code().get(archive)).isEqualTo(Base64.getEncoder().encode(bytes));
    }

    private static byte[] text(int length, String letter) {
        return letter.repeat(length).getBytes(StandardCharsets.UTF_8);
    }
}
