package dev.whirl.store.embedded;

import static dev.whirl.store.Examples.CODE;
import static dev.whirl.store.Examples.GUEST;
import static dev.whirl.store.Examples.NOON;
import static dev.whirl.store.Examples.action;
import static dev.whirl.store.Examples.id;
import static dev.whirl.store.Examples.invocation;
import static dev.whirl.store.Examples.record;
import static dev.whirl.store.Examples.subject;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.message.Invocation;
import dev.whirl.store.Activations;
import dev.whirl.store.Entities.Query;
import dev.whirl.store.Entities.Stored;
import dev.whirl.store.InvocationJournal.Entry;
import dev.whirl.store.Revision;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A folder that the version before this one wrote.
@Tag("attack-48")
class FormatUpgradeTest {
    private static final Query ACTIONS = new Query(GUEST, Collection.ACTIONS, null, 0, 5000);

    @TempDir
    Path data;

    private final Action plain = action("plain", NOON.plusSeconds(1));
    private final Action packed = action(id("tools", "packed"), CODE, NOON);
    private final Invocation late = invocation(ActivationId.random(), NOON.plusSeconds(5));
    private final Invocation early = invocation(ActivationId.random(), NOON);
    private final Activation done = record("hello", NOON);

    @BeforeEach
    void writeFormatOne() throws Exception {
        try (var folder = new FormatOneFolder(data)) {
            folder.action(plain, "3-00000000deadbeef");
            folder.action(packed, "1-00000000deadbeef");
            for (int i = 0; i < 2500; i++) {
                folder.action(action("many" + i, NOON.minusSeconds(i + 1)), "1-0123456789abcdef");
            }
            folder.subject(subject("annalise", "first", "u1"));
            folder.accepted(late, false);
            folder.accepted(early, true);
            folder.record(done);
        }
    }

    @Test
    @Tag("attack-48")
    void everythingOfTheFormatBeforeIsThereAndCounted() throws Exception {
        try (EmbeddedStores stores = open()) {
            assertThat(Files.readString(data.resolve("format"))).isEqualTo(Integer.toString(DataFormat.CURRENT));
            checkEntities(stores);
            assertThat(stores.subjects().byKey("u1")).isPresent();
            assertThat(stores.subjects().find("annalise")).contains(subject("annalise", "first", "u1"));
            assertThat(stores.journal().unfinished(null, 10))
                    .containsExactly(new Entry(early, true), new Entry(late, false));
            assertThat(stores.activations().find(GUEST, done.id())).contains(done);
            assertThat(stores.activations().list(new Activations.Query(GUEST, null, null, null, null, 0, 9)))
                    .containsExactly(done.summary());
        }
    }

    @Test
    void whatWasBroughtUpCanBeChangedAndDeleted() throws Exception {
        var revision = new Revision("3-00000000deadbeef");
        try (EmbeddedStores stores = open()) {
            Revision next = stores.entities().put(action("plain", NOON.plusSeconds(9)), revision);
            assertThat(next.value()).startsWith("4-");
            stores.entities().delete(packed.id(), new Revision("1-00000000deadbeef"));

            assertThat(stores.entities().count(ACTIONS)).isEqualTo(2501);
            assertThat(stores.entities().list(ACTIONS)).hasSize(2501);
            assertThat(stores.entities().countInPackage(GUEST, new EntityName("tools")))
                    .isZero();
            Revision known = stores.subjects().stored("annalise").orElseThrow().revision();
            stores.subjects().delete("annalise", known);
            stores.journal().discard(early.id());
            assertThat(stores.journal().unfinished(null, 10)).containsExactly(new Entry(late, false));
        }
    }

    @Test
    void anUpgradeThatWasBrokenOffIsDoneAgain() throws Exception {
        open().close();
        Files.writeString(data.resolve("format"), "1");

        try (EmbeddedStores stores = open()) {
            checkEntities(stores);
            assertThat(stores.journal().unfinished(null, 10)).hasSize(2);
            assertThat(stores.subjects().byKey("u1")).isPresent();
        }
    }

    @Test
    @Tag("R-16")
    void whatCouldNotBeReadBeforeCanBeDeletedAfterwards() throws Exception {
        Path other = data.resolve("other");
        try (var folder = new FormatOneFolder(other)) {
            folder.damagedAction("guest/poem", "1-a");
        }

        try (EmbeddedStores stores = EmbeddedStores.open(EmbeddedStoreConfig.in(other), new SimpleMeterRegistry())) {
            assertThat(stores.entities().head(id("poem"))).isPresent();
            stores.entities().delete(id("poem"), new Revision("1-a"));
            assertThat(stores.entities().head(id("poem"))).isEmpty();
            assertThat(stores.entities().count(ACTIONS)).isZero();
        }
    }

    private void checkEntities(EmbeddedStores stores) {
        assertThat(stores.entities().find(plain.id())).contains(new Stored(plain, new Revision("3-00000000deadbeef")));
        assertThat(stores.entities().find(packed.id())).map(Stored::entity).contains(packed);
        assertThat(stores.entities().count(ACTIONS)).isEqualTo(2502);
        assertThat(stores.entities().list(ACTIONS)).hasSize(2502).startsWith(plain, packed);
        assertThat(stores.entities().countInPackage(GUEST, new EntityName("tools")))
                .isEqualTo(1);
    }

    private EmbeddedStores open() {
        return EmbeddedStores.open(EmbeddedStoreConfig.in(data), new SimpleMeterRegistry());
    }
}
