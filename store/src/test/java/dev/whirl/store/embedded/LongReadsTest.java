package dev.whirl.store.embedded;

import static dev.whirl.store.Examples.GUEST;
import static dev.whirl.store.Examples.NOON;
import static dev.whirl.store.Examples.invocation;
import static dev.whirl.store.Examples.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.Activations.Query;
import dev.whirl.store.InvocationJournal.Entry;
import dev.whirl.store.StoreException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What may take long in the database keeps neither the threads that carry requests nor the memory.
@Timeout(60)
class LongReadsTest {
    @TempDir
    Path data;

    @Test
    void longReadsRunOnPlatformThreads() throws Exception {
        try (Database database = Database.open(data);
                LongReads reads = new LongReads(database);
                var caller = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> isVirtual =
                    caller.submit(() -> reads.read(_ -> Thread.currentThread().isVirtual()));

            assertThat(isVirtual.get()).isFalse();
        }
    }

    @Test
    void readsBeyondThoseThatMayWaitAreRefusedAtOnceAndTheOthersAreAnswered() throws Exception {
        var started = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        try (Database database = Database.open(data);
                LongReads reads = new LongReads(database, 1, 1);
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = callers.submit(() -> reads.run(() -> hold(started, release)));
            started.await();
            var refused = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < 3; i++) {
                refused.add(callers.submit(() -> reads.run(() -> true)));
            }

            long answered = 0;
            org.awaitility.Awaitility.await()
                    .until(() -> refused.stream().filter(Future::isDone).count() == 2);
            release.countDown();
            for (Future<Boolean> each : refused) {
                answered += isAnswered(each) ? 1 : 0;
            }

            assertThat(first.get()).isTrue();
            assertThat(answered).isEqualTo(1);
        }
    }

    @Test
    void aReadThatTakesTooLongIsGivenUp() throws Exception {
        try (Database database = Database.open(data);
                Batch batch = database.batch()) {
            for (int i = 0; i < 1000; i++) {
                batch.put(Table.ENTITIES, Key.of('x').ascending(i).toBytes());
            }
            database.write(batch);

            try (View view = database.view().until(System.nanoTime() - 1)) {
                KeyRange all = Key.of('x').range();
                assertThatThrownBy(() -> view.count(Table.ENTITIES, all))
                        .isInstanceOf(StoreException.Unavailable.class)
                        .hasMessageContaining("too long");
            }
            try (View view = database.view()) {
                assertThat(view.count(Table.ENTITIES, Key.of('x').range())).isEqualTo(1000);
            }
        }
    }

    @Test
    void aPageOfUnfinishedInvocationsEndsEarlyWhenTheirArgumentsAreLarge() {
        RawJson large = RawJson.object(
                "text", RawJson.string("x".repeat((int) ByteSize.mebibytes(1).bytes())));
        try (EmbeddedStores stores = open()) {
            for (int i = 0; i < 20; i++) {
                stores.journal().accept(invocation(ActivationId.random(), NOON.plusSeconds(i), large));
            }

            List<Entry> page = stores.journal().unfinished(null, 100);
            int found = page.size();
            assertThat(page).hasSizeBetween(7, 9);
            while (!page.isEmpty()) {
                page = stores.journal().unfinished(page.getLast(), 100);
                found += page.size();
            }

            assertThat(found).isEqualTo(20);
        }
    }

    @Test
    void aListOfWholeRecordsEndsWhenTheyAreLarge() {
        RawJson large = RawJson.string("x".repeat((int) ByteSize.mebibytes(4).bytes()));
        try (EmbeddedStores stores = open()) {
            for (int i = 0; i < 12; i++) {
                stores.activations().record(record(ActivationId.random(), GUEST, "big", NOON.plusSeconds(i), large));
            }

            assertThat(stores.activations().listFull(new Query(GUEST, null, null, null, null, 0, 200)))
                    .hasSizeBetween(7, 9);
        }
    }

    private static boolean hold(CountDownLatch started, CountDownLatch release) {
        started.countDown();
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    private static boolean isAnswered(Future<Boolean> read) throws InterruptedException {
        try {
            return read.get();
        } catch (java.util.concurrent.ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(StoreException.Unavailable.class).hasMessageContaining("Too many");
            return false;
        }
    }

    private EmbeddedStores open() {
        return EmbeddedStores.open(EmbeddedStoreConfig.in(data), new SimpleMeterRegistry());
    }
}
