package dev.whirl.store.embedded;

import static dev.whirl.store.Examples.GUEST;
import static dev.whirl.store.Examples.NOON;
import static dev.whirl.store.Examples.action;
import static dev.whirl.store.Examples.id;
import static dev.whirl.store.Examples.record;
import static dev.whirl.store.Examples.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.entity.Entity;
import dev.whirl.model.identity.Subject;
import dev.whirl.store.Activations;
import dev.whirl.store.Entities.Query;
import dev.whirl.store.Revision;
import dev.whirl.store.StoreException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Documents that lie in the store and can't be read harm no others.
@Tag("R-16")
class UnreadableDocumentsTest {
    private static final byte[] NONSENSE = "{\"no\":\"document\"}".getBytes(StandardCharsets.UTF_8);
    private static final Query ACTIONS = new Query(GUEST, Collection.ACTIONS, null, 0, 30);
    private static final Activations.Query RECORDS = new Activations.Query(GUEST, null, null, null, null, 0, 30);

    @TempDir
    Path data;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Activation lost = record("hello", NOON);
    private final Activation kept = record("hello", NOON.minusSeconds(1));
    private Revision revision;

    @BeforeEach
    void damage() throws Exception {
        try (EmbeddedStores stores = open()) {
            revision = stores.entities().put(action("bad", NOON.plusSeconds(1)), null);
            stores.entities().put(action("good", NOON), null);
            stores.subjects().put(subject("annalise", "first", "u1"));
            stores.subjects().put(subject("berthold", "first", "u2"));
            stores.activations().record(lost);
            stores.activations().record(kept);
        }
        try (Database database = Database.open(data.resolve("db"));
                Batch batch = database.batch()) {
            spoil(database, batch, Table.ENTITIES, EntityRows.document("guest/bad"));
            spoil(database, batch, Table.SUBJECTS, Key.of('s').last("annalise").toBytes());
            RecordRows rows = RecordRows.of(lost.summary());
            batch.put(Table.RECORDS, rows.id(), NONSENSE);
            batch.put(Table.RECORD_INDEX, rows.summary(), NONSENSE);
            database.write(batch);
        }
    }

    @Test
    void readingOneSaysWhichItIs() {
        try (EmbeddedStores stores = open()) {
            assertThatThrownBy(() -> stores.entities().find(id("bad")))
                    .isInstanceOfSatisfying(
                            StoreException.Corrupted.class,
                            e -> assertThat(e.document()).isEqualTo("guest/bad"));
            assertThatThrownBy(() -> stores.activations().find(GUEST, lost.id()))
                    .isInstanceOf(StoreException.Corrupted.class);
            assertThatThrownBy(() -> stores.subjects().find("annalise")).isInstanceOf(StoreException.Corrupted.class);
        }
    }

    @Test
    void listsLeaveThemOutAndSaySoInOneLine() {
        try (EmbeddedStores stores = open();
                LogLines lines = LogLines.collect()) {
            for (int i = 0; i < 10; i++) {
                assertThat(stores.entities().list(ACTIONS))
                        .extracting(Entity::id)
                        .containsExactly(id("good"));
            }
            assertThat(stores.activations().list(RECORDS)).containsExactly(kept.summary());
            assertThat(stores.activations().listFull(RECORDS)).containsExactly(kept);
            assertThat(stores.subjects().list()).extracting(Subject::name).containsExactly("berthold");

            assertThat(lines.events())
                    .filteredOn(each -> each.getLevel().isGreaterOrEqual(Level.WARN))
                    .singleElement()
                    .satisfies(line -> assertThat(line.getKeyValuePairs().toString())
                            .contains("documents=\"1\"", "first=\"guest/bad\""));
        }
        assertThat(metrics.get("whirl.store.documents.unreadable").counter().count())
                .isEqualTo(13);
    }

    @Test
    @Tag("R-28")
    void oneIsDeletedAndReplacedWithoutBeingRead() throws Exception {
        try (EmbeddedStores stores = open()) {
            assertThat(stores.entities().head(id("bad")))
                    .hasValueSatisfying(head -> assertThat(head.revision()).isEqualTo(revision));

            stores.entities().delete(id("bad"), revision);

            assertThat(stores.entities().find(id("bad"))).isEmpty();
            assertThat(stores.entities().count(ACTIONS)).isEqualTo(1);
            stores.subjects().put(subject("annalise", "first", "u3"));
            assertThat(stores.subjects().byKey("u1")).isEmpty();
            assertThat(stores.subjects().byKey("u3")).isPresent();
        }
    }

    @Test
    void retentionRemovesThemToo() {
        try (EmbeddedStores stores = open()) {
            assertThat(stores.activations().count(RECORDS)).isEqualTo(2);

            long removed = stores.activations()
                    .prune(new Activations.Retention(Duration.ofSeconds(1), 100), NOON.plusSeconds(60));

            assertThat(removed).isEqualTo(2);
            assertThat(stores.activations().count(RECORDS)).isZero();
            assertThat(stores.activations().find(GUEST, lost.id())).isEmpty();
        }
    }

    private static void spoil(Database database, Batch batch, Table table, byte[] key) throws Exception {
        byte[] value = database.get(table, key).orElseThrow();
        batch.put(table, key, Headed.format(Headed.line("test", value), NONSENSE));
    }

    private EmbeddedStores open() {
        return EmbeddedStores.open(EmbeddedStoreConfig.in(data), metrics);
    }
}
