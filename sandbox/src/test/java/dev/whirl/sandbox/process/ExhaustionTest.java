package dev.whirl.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.CollectedLogs;
import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.Reply.Died.Cause;
import dev.whirl.sandbox.Sandbox.Condition;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Code that takes as much of the machine as it can get, while others must be served.
public class ExhaustionTest {
    private static final ByteSize SMALL = ByteSize.mebibytes(128);

    @SuppressWarnings("NullAway.Init")
    private static Rig rig;

    @BeforeAll
    public static void open() throws Exception {
        rig = Rig.open("tmp-size", "32 MB");
    }

    @AfterAll
    public static void close() {
        rig.close();
    }

    @Test
    @Tag("attack-18")
    public void aForkBombIsBounded() throws Exception {
        try (Probe probe = rig.start()) {
            String body = probe.answer("{'do':'fork_bomb'}");

            assertThat(Probe.field(body, "error").toString()).contains("EAGAIN");
            assertThat(Probe.field(body, "children").asWholeNumber().orElseThrow())
                    .isLessThan(256L);
            rig.serves();
        }
        rig.serves();
    }

    @Test
    @Tag("attack-18")
    public void aForkBombThatNeverStopsIsEnded() throws Exception {
        Probe probe = rig.start();
        assertThat(probe.run("{'do':'endless_forks'}", Duration.ofSeconds(1))).isEqualTo(new Reply.TimedOut());

        probe.close();

        assertThat(((ProcessSandbox) probe.sandbox()).group().processes()).isEmpty();
        rig.serves();
    }

    @Test
    @Tag("attack-19")
    public void whoTakesMoreMemoryThanItsLimitDiesOfThat() throws Exception {
        try (Probe probe = rig.start(SMALL);
                Probe neighbour = rig.start(SMALL)) {
            Reply reply = probe.run("{'do':'allocate','mebibytes':2000,'holdSeconds':2}");

            assertThat(reply).isInstanceOf(Reply.Died.class);
            assertThat(((Reply.Died) reply).cause()).isEqualTo(Cause.OUT_OF_MEMORY);
            neighbour.answer("{'do':'echo'}");
        }
    }

    @Test
    @Tag("attack-19")
    public void aChildThatTakesTooMuchMemoryCountsAsTheRun() throws Exception {
        try (Probe probe = rig.start(SMALL)) {
            Reply reply = probe.run("{'do':'allocate_in_child','mebibytes':2000,'holdSeconds':2}");

            assertThat(reply).isInstanceOf(Reply.Died.class);
            assertThat(((Reply.Died) reply).cause()).isEqualTo(Cause.OUT_OF_MEMORY);
        }
    }

    @Test
    @Tag("attack-19")
    public void whatAProcessOfTheInitTakesTooMuchBetweenRunsIsNoRunsFault() throws Exception {
        try (Probe probe = rig.startCold(SMALL)) {
            probe.init("{'do':'helper','path':'/tmp/go','mebibytes':2000,'holdSeconds':60}");
            probe.answer("{'do':'echo'}");
            assertThat(probe.sandbox().inspect()).isEqualTo(Condition.CLEAN);

            probe.answer("{'do':'write_file','path':'/tmp/go'}");

            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> probe.sandbox().inspect() == Condition.DEAD);
            assertThat(probe.run("{'do':'echo'}")).isInstanceOf(Reply.NotReached.class);
        }
    }

    @Test
    @Tag("attack-19")
    public void filesInMemoryCountAsMemory() throws Exception {
        try (Probe probe = rig.start(SMALL)) {
            probe.answer("{'do':'fill','path':'/tmp','maxMebibytes':30}");
            probe.answer("{'do':'fill','path':'/dev/shm','maxMebibytes':50}");

            Reply reply = probe.run("{'do':'allocate','mebibytes':70,'holdSeconds':5}");

            assertThat(reply).isInstanceOf(Reply.Died.class);
            assertThat(((Reply.Died) reply).cause()).isEqualTo(Cause.OUT_OF_MEMORY);
        }
    }

    @Test
    @Tag("attack-19")
    public void aMappedFileInMemoryCountsOnce() throws Exception {
        try (Probe probe = rig.start(SMALL)) {
            probe.answer("{'do':'map_file','path':'/dev/shm/mapped','mebibytes':60,'holdSeconds':0.5}");

            probe.answer("{'do':'allocate','mebibytes':20,'holdSeconds':0.5}");
        }
    }

    @Test
    @Tag("attack-19")
    public void whatFitsIsAllowed() throws Exception {
        try (Probe probe = rig.start(SMALL)) {
            probe.answer("{'do':'allocate','mebibytes':80}");
        }
    }

    @Test
    @Tag("attack-20")
    public void theDiskCannotBeFilled() throws Exception {
        try (Probe probe = rig.start()) {
            String body = probe.answer("{'do':'fill','path':'/tmp','maxMebibytes':1000}");

            assertThat(Probe.field(body, "error").toString()).contains("ENOSPC");
            assertThat(Probe.field(body, "written").asWholeNumber().orElseThrow())
                    .isLessThanOrEqualTo(32L << 20);
            assertThat(probe.answer("{'do':'fill','path':'/dev/shm','maxMebibytes':1000}"))
                    .contains("ENOSPC");
        }
    }

    @Test
    @Tag("attack-20")
    public void onlyTheBoundedFoldersCanBeWritten() throws Exception {
        try (Probe probe = rig.start()) {
            String body = probe.answer("{'do':'writable_folders'}");

            assertThat(Probe.field(body, "folders").elements().stream()
                            .map(each -> each.asText().orElseThrow()))
                    .containsExactlyInAnyOrder("/tmp", "/dev/shm");
        }
    }

    @Test
    @Tag("attack-20")
    public void filesWithoutContentAreBoundedToo() throws Exception {
        try (Probe probe = rig.start(SMALL)) {
            Reply reply = probe.run("{'do':'fill_files','path':'/tmp','max':5000000}", Duration.ofMinutes(1));

            boolean wasKilled = reply instanceof Reply.Died died && died.cause() == Cause.OUT_OF_MEMORY;
            boolean isBounded = wasKilled || Probe.text(reply).contains("ENOMEM");
            assertThat(isBounded).as(Probe.text(reply)).isTrue();
        }
        rig.serves();
    }

    @Test
    @Tag("attack-21")
    public void openFilesAreBounded() throws Exception {
        try (Probe probe = rig.start()) {
            String body = probe.answer("{'do':'open_files'}");

            assertThat(Probe.field(body, "error").toString()).contains("EMFILE");
            assertThat(Probe.field(body, "opened").asWholeNumber().orElseThrow())
                    .isLessThan(1024L);
        }
    }

    @Test
    @Tag("attack-22")
    public void aFloodOfOutputIsCutAtItsLimit() throws Exception {
        try (Probe probe = rig.start();
                Probe neighbour = rig.start()) {
            probe.logLimit(ByteSize.kibibytes(100));
            var answers = CompletableFuture.runAsync(() -> neighbourAnswers(neighbour), Thread::startVirtualThread);
            probe.answer("{'do':'flood','seconds':1,'times':500}");
            answers.join();

            CollectedLogs logs = probe.logs();
            assertThat(logs.isTruncated()).isTrue();
            assertThat(logs.lines().stream()
                            .mapToLong(line -> line.text().length() + 1)
                            .sum())
                    .isBetween(90_000L, 102_400L);
        }
    }

    @Test
    @Tag("attack-22")
    public void aLineWithoutEndIsCutAtTheLimitToo() throws Exception {
        try (Probe probe = rig.start()) {
            probe.logLimit(ByteSize.mebibytes(3));
            probe.run("{'do':'flood','seconds':1,'text':'" + "y".repeat(100_000) + "','times':200}");

            assertThat(probe.logs().isTruncated()).isTrue();
        }
    }

    @Test
    @Tag("attack-22")
    public void emptyLinesAreBoundedByNumber() throws Exception {
        try (Probe probe = rig.start()) {
            probe.answer("{'do':'flood','seconds':1,'text':'','times':10000}");

            CollectedLogs logs = probe.logs();
            assertThat(logs.isTruncated()).isTrue();
            assertThat(logs.lines()).hasSizeLessThanOrEqualTo((1 << 20) / 32);
        }
    }

    private static void neighbourAnswers(Probe neighbour) {
        try {
            for (int i = 0; i < 100; i++) {
                assertThat(neighbour.run("{'do':'echo'}", Duration.ofSeconds(2)))
                        .isInstanceOf(Reply.Answered.class);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
