package dev.whirl.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.whirl.common.units.ByteSize;
import dev.whirl.store.LogPace;
import dev.whirl.store.StoreException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

/// Nobody waits for ever, whatever goes wrong on the writer's thread.
@Timeout(30)
class CommitterFailureTest {
    private static final byte[] KEY = Key.of('x').toBytes();
    private static final byte[] OTHER = Key.of('y').toBytes();

    @TempDir
    Path data;

    @Test
    void anErrorInAChangeFailsThatChangeAlone() throws Exception {
        try (Database database = Database.open(data);
                Committer committer = start(database, new DiskSpace(data, ByteSize.ZERO))) {
            var failing = committer.defer(1, batch -> {
                batch.put(Table.ENTITIES, KEY);
                throw new StackOverflowError("too deep");
            });
            var good = committer.defer(1, batch -> batch.put(Table.ENTITIES, OTHER));

            assertThatThrownBy(() -> failing.get(10, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(StoreException.Unavailable.class)
                    .hasMessageContaining("too deep");

            good.get(10, TimeUnit.SECONDS);
            committer.commitAlways(Commit.Kind.URGENT, 1, batch -> batch.put(Table.ENTITIES, OTHER));
            committer.flush();
            assertThat(database.contains(Table.ENTITIES, KEY)).isFalse();
            assertThat(database.contains(Table.ENTITIES, OTHER)).isTrue();
        }
    }

    @Test
    void aDeferredChangeThatIsNotMadeIsInTheLog() throws Exception {
        try (Database database = Database.open(data);
                Committer committer = start(database, new DiskSpace(data, ByteSize.ZERO));
                LogLines lines = LogLines.collect()) {
            var failing = committer.defer(1, _ -> {
                throw new RocksDBException("a block is damaged");
            });

            assertThatThrownBy(() -> failing.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(StoreException.class);

            assertThat(lines.events())
                    .filteredOn(each -> each.getLevel() == Level.ERROR)
                    .singleElement()
                    .satisfies(line -> assertThat(line.getMessage()).contains("was not made"));
        }
    }

    @Test
    void anErrorBesideTheChangesFailsTheGroupAndTheNextOneIsWritten() throws Exception {
        var looks = new AtomicInteger();
        var space = new DiskSpace(data, ByteSize.mebibytes(1), () -> {
            if (looks.incrementAndGet() == 1) {
                throw new NoClassDefFoundError("gone");
            }
            return Long.MAX_VALUE;
        });
        try (Database database = Database.open(data);
                Committer committer = start(database, space)) {
            assertThatThrownBy(() ->
                            committer.commitAlways(Commit.Kind.URGENT, 1, batch -> batch.put(Table.ENTITIES, KEY)))
                    .isInstanceOf(StoreException.Unavailable.class)
                    .hasMessageContaining("gone");

            committer.commitAlways(Commit.Kind.URGENT, 1, batch -> batch.put(Table.ENTITIES, OTHER));

            assertThat(database.contains(Table.ENTITIES, KEY)).isFalse();
            assertThat(database.contains(Table.ENTITIES, OTHER)).isTrue();
        }
    }

    @Test
    void whatCanWaitIsWrittenAfterAnError() throws Exception {
        var looks = new AtomicInteger();
        var space = new DiskSpace(data, ByteSize.mebibytes(1), () -> {
            if (looks.incrementAndGet() == 1) {
                throw new NoClassDefFoundError("gone");
            }
            return Long.MAX_VALUE;
        });
        try (Database database = Database.open(data);
                Committer committer = start(database, space)) {
            committer.defer(1, batch -> batch.put(Table.ENTITIES, KEY)).get(10, TimeUnit.SECONDS);

            committer.flush();
            assertThat(looks.get()).isGreaterThan(1);
            assertThat(database.contains(Table.ENTITIES, KEY)).isTrue();
        }
    }

    @Test
    @Tag("attack-44")
    void attack44AFullDiskIsOneLineInTheLogWithoutAStackTrace() {
        var free = new AtomicLong();
        var space = new DiskSpace(data, ByteSize.mebibytes(1), free::get);
        try (Database database = Database.open(data);
                Committer committer = start(database, space);
                LogLines lines = LogLines.collect()) {
            for (int i = 0; i < 50; i++) {
                assertThatThrownBy(() ->
                                committer.commitAlways(Commit.Kind.URGENT, 1, batch -> batch.put(Table.ENTITIES, KEY)))
                        .isInstanceOfSatisfying(
                                StoreException.Unavailable.class,
                                e -> assertThat(e.getStackTrace()).isEmpty())
                        .hasMessageContaining("nearly full");
            }

            assertThat(lines.events())
                    .filteredOn(each -> each.getLevel().isGreaterOrEqual(Level.WARN))
                    .singleElement()
                    .satisfies(line -> {
                        assertThat(line.getMessage()).contains("nearly full");
                        assertThat(line.getThrowableProxy()).isNull();
                    });
            free.set(Long.MAX_VALUE);
            committer.commitAlways(Commit.Kind.URGENT, 1, batch -> batch.put(Table.ENTITIES, KEY));
            assertThat(lines.events().getLast().getMessage()).isEqualTo("The store writes again");
        }
    }

    @Test
    void aLineIsWrittenOnceAMinuteAndSaysHowManyWereHeldBack() {
        var now = new AtomicLong(Long.MAX_VALUE - 1000);
        var pace = new LogPace(now::get);
        var lines = new ArrayList<Long>();

        for (int i = 0; i < 3; i++) {
            pace.log(lines::add);
        }
        now.addAndGet(TimeUnit.SECONDS.toNanos(59));
        pace.log(lines::add);
        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        pace.log(lines::add);

        assertThat(lines).containsExactly(0L, 3L);
    }

    private static Committer start(Database database, DiskSpace space) {
        return Committer.start(database, space, new SimpleMeterRegistry());
    }
}
