package dev.whirl.store.embedded;

import static dev.whirl.store.Examples.NOON;
import static dev.whirl.store.Examples.action;
import static dev.whirl.store.Examples.id;
import static dev.whirl.store.Examples.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.common.units.ByteSize;
import dev.whirl.store.EntitiesContract;
import dev.whirl.store.StoreException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

/// How changes share the work of the one writer.
class GroupCommitTest {
    private static final int WRITERS = 64;
    private static final int EACH = 20;

    @TempDir
    Path data;

    private final MeterRegistry metrics = new SimpleMeterRegistry();

    @Test
    void everyOneOfManyConcurrentWritesIsMade() throws Exception {
        try (EmbeddedStores stores = open(EmbeddedStoreConfig.in(data))) {
            EntitiesContract.inParallel(WRITERS, number -> {
                for (int i = 0; i < EACH; i++) {
                    stores.entities().put(action("t" + number + "n" + i, NOON), null);
                }
            });
        }

        assertThat(metrics.get("whirl.store.commit.changes").summary().totalAmount())
                .isEqualTo((double) WRITERS * EACH);
    }

    @Test
    void writesThatWaitForAnotherOneShareTheNextSync() throws Exception {
        try (Database database = Database.open(data);
                Committer committer = Committer.start(database, new DiskSpace(data, ByteSize.ZERO), metrics)) {
            var goOn = new CountDownLatch(1);
            var isWriting = new CountDownLatch(1);
            Thread first = writer(committer, "first", () -> {
                isWriting.countDown();
                awaitQuietly(goOn);
            });
            isWriting.await();
            List<Thread> others = IntStream.range(0, WRITERS)
                    .mapToObj(i -> writer(committer, "other" + i, () -> {}))
                    .toList();
            Awaitility.await().until(() -> others.stream().allMatch(each -> each.getState() == Thread.State.WAITING));

            goOn.countDown();

            assertThat(first.join(Duration.ofSeconds(60))).isTrue();
            for (Thread each : others) {
                assertThat(each.join(Duration.ofSeconds(60))).isTrue();
            }
        }
        assertThat(metrics.get("whirl.store.commit.changes").summary().totalAmount())
                .isEqualTo(1.0 + WRITERS);
        assertThat(metrics.get("whirl.store.commit").timer().count()).isLessThanOrEqualTo(4);
    }

    private static Thread writer(Committer committer, String key, Runnable meanwhile) {
        return Thread.ofVirtual()
                .start(() -> committer.commitAlways(Commit.Kind.URGENT, 1, batch -> {
                    meanwhile.run();
                    batch.put(Table.ENTITIES, Key.of('x').last(key).toBytes());
                }));
    }

    @Test
    void recordsShareTheirSyncs() {
        try (EmbeddedStores stores = open(EmbeddedStoreConfig.in(data))) {
            for (int i = 0; i < 1000; i++) {
                stores.activations().record(record("hello", NOON.plusMillis(i)));
            }
            stores.activations().flush();
        }

        assertThat(metrics.get("whirl.store.commit").timer().count()).isLessThan(200);
    }

    @Test
    void aWriterOfRecordsWaitsWhenMemoryIsUsedUp() throws Exception {
        var small = EmbeddedStoreConfig.in(data).withMaxPending(ByteSize.kibibytes(8));
        try (EmbeddedStores stores = open(small)) {
            EntitiesContract.inParallel(8, number -> {
                for (int i = 0; i < 100; i++) {
                    stores.activations().record(record("hello", NOON.plusMillis(i)));
                    assertThat(pendingBytes()).isLessThanOrEqualTo(8.0 * 1024);
                }
            });
            stores.activations().flush();
            assertThat(pendingBytes()).isZero();
        }
    }

    @Test
    void aRefusedOrFailedChangeLeavesNothingAndHarmsNoOther() throws Exception {
        var space = new DiskSpace(data, ByteSize.ZERO);
        try (Database database = Database.open(data);
                Committer committer = Committer.start(database, space, metrics)) {
            var blocked = new CountDownLatch(1);
            var first = committer.defer(1, _ -> awaitQuietly(blocked));
            var failing = committer.defer(1, batch -> failAfterWriting(batch, "bad"));
            var good = committer.defer(
                    1, batch -> batch.put(Table.ENTITIES, Key.of('x').toBytes()));

            blocked.countDown();

            first.get(10, TimeUnit.SECONDS);
            good.get(10, TimeUnit.SECONDS);
            assertThatThrownBy(() -> failing.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(StoreException.class);
            assertThat(database.contains(Table.ENTITIES, Key.of('x').toBytes())).isTrue();
            assertThat(database.contains(Table.ENTITIES, Key.of('x').last("bad").toBytes()))
                    .isFalse();
        }
    }

    @Test
    void aNearlyFullDiskRefusesWritesButLetsSpaceBeFreed() throws Exception {
        dev.whirl.store.Revision revision;
        try (EmbeddedStores stores = open(EmbeddedStoreConfig.in(data))) {
            revision = stores.entities().put(action("hello", NOON), null);
        }
        var nothingFree = EmbeddedStoreConfig.in(data).withReserve(ByteSize.mebibytes(1L << 30));

        try (EmbeddedStores stores = open(nothingFree)) {
            assertThatThrownBy(() -> stores.entities().put(action("more", NOON), null))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("nearly full")
                    .hasMessageContaining(data.toString());
            assertThatThrownBy(() -> stores.code().put(new byte[1], true)).hasMessageContaining("nearly full");
            assertThat(stores.entities().find(id("hello"))).isPresent();

            stores.entities().delete(id("hello"), revision);

            assertThat(stores.entities().find(id("hello"))).isEmpty();
        }
    }

    private EmbeddedStores open(EmbeddedStoreConfig config) {
        return EmbeddedStores.open(config, metrics);
    }

    private double pendingBytes() {
        return metrics.get("whirl.store.records.pending.bytes").gauge().value();
    }

    private static void failAfterWriting(Batch batch, String key) throws RocksDBException {
        batch.put(Table.ENTITIES, Key.of('x').last(key).toBytes());
        throw new IllegalArgumentException("a bug");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> latch.getCount() == 0);
    }
}
