package dev.whirl.store;

import static dev.whirl.store.Examples.GUEST;
import static dev.whirl.store.Examples.NOON;
import static dev.whirl.store.Examples.annotated;
import static dev.whirl.store.Examples.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationResponse;
import dev.whirl.model.activation.ActivationSummary;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.entity.Version;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.Activations.Query;
import dev.whirl.store.Activations.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What every adapter does with records of activations.
public interface ActivationsContract {
    Stores stores();

    private Activations activations() {
        return stores().activations();
    }

    @Test
    default void readersWaitForARecordThatIsOnItsWay() throws Exception {
        ActivationId id = ActivationId.random();
        activations().expect(GUEST, id);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var found = threads.submit(() -> activations().find(GUEST, id));
            var listed = threads.submit(() -> activations().list(new Query(GUEST, null, null, null, null, 0, 10)));
            assertThat(found.isDone()).isFalse();

            activations().record(record(id, GUEST, "hello", NOON));

            assertThat(found.get()).isPresent();
            assertThat(listed.get()).extracting(ActivationSummary::id).contains(id);
        }
    }

    @Test
    default void aListDoesNotWaitForRecordsOfOtherNamespaces() throws Exception {
        var other = new NamespaceName("other");
        ActivationId id = ActivationId.random();
        activations().expect(other, id);

        activations().list(all());
        activations().listFull(all());
        activations().count(all());

        // a list that had waited would have given the record up
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var isWaiting = new CountDownLatch(1);
            var found = threads.submit(() -> {
                isWaiting.countDown();
                return activations().find(other, id);
            });
            isWaiting.await();
            activations().record(record(id, other, "hello", NOON));

            assertThat(found.get()).isPresent();
        }
    }

    @Test
    @Tag("A-7")
    default void theNamespacesThatHaveRecordsAreListed() {
        for (String each : List.of("one", "two")) {
            activations().record(record(ActivationId.random(), new NamespaceName(each), "hello", NOON));
            activations().record(record(ActivationId.random(), new NamespaceName(each), "hello", NOON));
        }
        activations().flush();

        assertThat(activations().namespaces()).containsExactly(new NamespaceName("one"), new NamespaceName("two"));
    }

    @Test
    @Tag("R-131")
    default void aRecordIsReadAtOnceAsItWasWritten() {
        Activation record = record("hello", NOON);

        activations().record(record);

        assertThat(activations().find(GUEST, record.id())).contains(record);
        assertThat(activations().list(all())).containsExactly(record.summary());
        assertThat(activations().listFull(all())).containsExactly(record);
        assertThat(activations().count(all())).isEqualTo(1);
        activations().flush();
        assertThat(activations().find(GUEST, record.id())).contains(record);
    }

    @Test
    @Tag("R-131")
    default void aRecordWithoutEndAndResultKeepsThatItHasNone() {
        var fire = new Activation(
                GUEST,
                new EntityName("trigger"),
                Version.FIRST,
                "guest",
                ActivationId.random(),
                NOON,
                null,
                null,
                ActivationId.random(),
                new ActivationResponse(ActivationResponse.Status.WHISK_ERROR, null, null),
                List.of(),
                Annotations.NONE);

        activations().record(fire);
        activations().flush();

        assertThat(activations().find(GUEST, fire.id())).contains(fire);
        assertThat(activations().list(all())).containsExactly(fire.summary());
    }

    @Test
    @Tag("attack-13")
    default void aRecordIsNotFoundFromAnotherNamespace() {
        Activation record = record("hello", NOON);
        activations().record(record);

        assertThat(activations().find(new NamespaceName("other"), record.id())).isEmpty();
        activations().flush();
        assertThat(activations().find(new NamespaceName("other"), record.id())).isEmpty();
    }

    @Test
    default void theFirstRecordOfAnIdStays() {
        var id = ActivationId.random();
        Activation first = record(id, GUEST, "first", NOON);

        activations().record(first);
        activations().record(record(id, GUEST, "second", NOON.plusSeconds(1)));
        activations().flush();
        activations().record(record(id, GUEST, "third", NOON.plusSeconds(2)));

        assertThat(activations().find(GUEST, id)).contains(first);
        assertThat(activations().list(all())).containsExactly(first.summary());
    }

    @Test
    default void ofConcurrentRecordsOfAnIdExactlyOneStays() throws Exception {
        for (int round = 0; round < 20; round++) {
            var id = ActivationId.random();

            EntitiesContract.inParallel(
                    8, number -> activations().record(record(id, GUEST, "n" + number, NOON.plusSeconds(number))));

            Activation found = activations().find(GUEST, id).orElseThrow();
            activations().flush();
            assertThat(activations().find(GUEST, id)).contains(found);
            assertThat(activations().count(all())).isEqualTo(round + 1L);
        }
    }

    @Test
    @Tag("R-132")
    @Tag("R-11")
    default void listsShowTheNewestStartFirstThenById() {
        for (int i = 0; i < 50; i++) {
            activations().record(record("hello", NOON.plusMillis(i / 2)));
        }

        List<ActivationSummary> page = activations().list(new Query(GUEST, null, null, null, null, 0, 200));

        assertThat(page).hasSize(50).isSortedAccordingTo((a, b) -> {
            int byStart = b.start().compareTo(a.start());
            return byStart != 0 ? byStart : a.id().value().compareTo(b.id().value());
        });
        assertThat(activations().list(new Query(GUEST, null, null, null, null, 10, 5)))
                .isEqualTo(page.subList(10, 15));
        assertThat(activations().listFull(new Query(GUEST, null, null, null, null, 49, 5)))
                .map(Activation::summary)
                .isEqualTo(page.subList(49, 50));
        assertThat(activations().list(new Query(GUEST, null, null, null, null, 0, 0)))
                .isEmpty();
        assertThat(activations().count(new Query(GUEST, null, null, null, null, 45, 1)))
                .isEqualTo(5);
        assertThat(activations().count(new Query(GUEST, null, null, null, null, 99, 1)))
                .isZero();
    }

    @Test
    @Tag("R-133")
    default void sinceAndUptoIncludeTheirMillisecond() {
        for (int i = 0; i < 10; i++) {
            activations().record(record("hello", NOON.plusMillis(i)));
        }

        assertThat(starts(null, NOON.plusMillis(7), null)).containsExactly(9L, 8L, 7L);
        assertThat(starts(null, null, NOON.plusMillis(1))).containsExactly(1L, 0L);
        assertThat(starts("hello", NOON.plusMillis(3), NOON.plusMillis(4))).containsExactly(4L, 3L);
        assertThat(starts("hello", NOON.plusMillis(5), NOON.plusMillis(4))).isEmpty();
        assertThat(starts(null, Instant.EPOCH, Instant.ofEpochMilli(Long.MAX_VALUE)))
                .hasSize(10);
        assertThat(activations().count(new Query(GUEST, null, null, NOON.plusMillis(3), NOON.plusMillis(4), 0, 30)))
                .isEqualTo(2);
    }

    @Test
    @Tag("R-133")
    default void theNameFilterFindsInAndOutsideOfPackagesAndBindings() {
        Activation plain = record("hello", NOON);
        Activation packed = annotated(record("hello", NOON.plusSeconds(1)), "path", "guest/tools/hello");
        Activation bound = annotated(
                annotated(record("hello", NOON.plusSeconds(2)), "path", "whisk.system/tools/hello"),
                "binding",
                "guest/mine");
        Activation other = record("hello2", NOON.plusSeconds(3));
        List.of(plain, packed, bound, other).forEach(activations()::record);

        assertThat(ids(named(null, "hello"))).containsExactly(bound.id(), packed.id(), plain.id());
        assertThat(ids(named("tools", "hello"))).containsExactly(packed.id());
        assertThat(ids(named("mine", "hello"))).containsExactly(bound.id());
        assertThat(ids(named("mine", "hello2"))).isEmpty();
        assertThat(activations().count(named("tools", "hello"))).isEqualTo(1);
        assertThat(activations().listFull(named("mine", "hello"))).containsExactly(bound);
    }

    @Test
    default void listsKnowNamespacesApart() {
        Activation mine = record("hello", NOON);
        activations().record(mine);
        activations().record(record(ActivationId.random(), new NamespaceName("guest2"), "hello", NOON));

        assertThat(activations().list(all())).containsExactly(mine.summary());
        assertThat(activations().count(named(null, "hello"))).isEqualTo(1);
    }

    @Test
    default void pruningRemovesWhatIsTooOld() {
        Activation old = record("hello", NOON.minusSeconds(61));
        Activation kept = record("hello", NOON.minusSeconds(60));
        activations().record(old);
        activations().record(kept);
        activations().flush();

        long removed = activations().prune(new Retention(Duration.ofSeconds(60), 100), NOON);

        assertThat(removed).isEqualTo(1);
        assertThat(activations().find(GUEST, old.id())).isEmpty();
        assertThat(activations().list(all())).containsExactly(kept.summary());
        assertThat(activations().count(named(null, "hello"))).isEqualTo(1);
        assertThat(activations().prune(new Retention(Duration.ofSeconds(60), 100), NOON))
                .isZero();
    }

    @Test
    default void pruningKeepsTheNewestOfEachNamespace() {
        for (int i = 0; i < 1200; i++) {
            activations().record(record("hello", NOON.plusMillis(i)));
        }
        Activation lonely = record(ActivationId.random(), new NamespaceName("other"), "hello", NOON);
        activations().record(lonely);
        activations().flush();

        long removed = activations().prune(new Retention(Duration.ofDays(1), 3), NOON);

        assertThat(removed).isEqualTo(1197);
        assertThat(starts(null, null, null)).containsExactly(1199L, 1198L, 1197L);
        assertThat(activations().count(named(null, "hello"))).isEqualTo(3);
        assertThat(activations().find(new NamespaceName("other"), lonely.id())).contains(lonely);
    }

    @Test
    default void largeResultsAndLogsComeBackWhole() {
        var id = ActivationId.random();
        Activation small = record(id, GUEST, "big", NOON, RawJson.string("x".repeat(1024 * 1024)));
        Activation big = small.withLogs(java.util.Collections.nCopies(10_000, "l".repeat(1000)));

        activations().record(big);
        activations().flush();

        assertThat(activations().find(GUEST, id).equals(java.util.Optional.of(big)))
                .isTrue();
        assertThat(activations().list(all())).containsExactly(big.summary());
    }

    private List<Long> starts(@Nullable String name, @Nullable Instant since, @Nullable Instant upto) {
        EntityName filter = name == null ? null : new EntityName(name);
        return activations().list(new Query(GUEST, null, filter, since, upto, 0, 30)).stream()
                .map(each -> Duration.between(NOON, each.start()).toMillis())
                .toList();
    }

    private List<ActivationId> ids(Query query) {
        return activations().list(query).stream().map(ActivationSummary::id).toList();
    }

    private static Query all() {
        return new Query(GUEST, null, null, null, null, 0, 30);
    }

    private static Query named(@Nullable String pkg, String name) {
        return new Query(GUEST, pkg == null ? null : new EntityName(pkg), new EntityName(name), null, null, 0, 30);
    }
}
