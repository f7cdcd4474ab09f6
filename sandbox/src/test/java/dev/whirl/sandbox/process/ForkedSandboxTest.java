package dev.whirl.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.process.system.Posix;
import dev.whirl.sandbox.process.system.ProcessTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What is special about sandboxes that a warm parent forked; what they have in common with others is tested there.
public class ForkedSandboxTest {
    private static final int STARTERS = 6;
    private static final int STARTS = 4;
    private static final long MOST_KIBIBYTES = 10 * 1024;
    private static final int SIGCONT = 18;

    @SuppressWarnings("NullAway.Init")
    private static Rig rig;

    @BeforeAll
    public static void open() throws Exception {
        Rig.fork(true);
        rig = Rig.open();
    }

    @AfterAll
    public static void close() {
        rig.close();
        Rig.fork(false);
    }

    @Test
    @Tag("attack-17")
    public void twoForksDrawDifferentNumbers() throws Exception {
        try (Probe one = rig.start();
                Probe other = rig.start()) {
            String first = one.answer("{'do':'draw'}");
            String second = other.answer("{'do':'draw'}");

            for (String name : new String[] {"random", "bits", "bytes", "secrets", "uuid1", "uuid4", "ssl", "file"}) {
                assertThat(Probe.field(first, name)).as(name).isNotEqualTo(Probe.field(second, name));
            }
        }
    }

    @Test
    @Tag("attack-17")
    public void nothingOfTheParentIsLeftInAFork() throws Exception {
        try (Probe probe = rig.start()) {
            assertThat(Probe.field(probe.answer("{'do':'processes'}"), "1").toString())
                    .contains("/whirl/parent/parent.py");
            assertThat(probe.result("{'do':'descriptors'}"))
                    .matches("\\{0: '/dev/null', 1: '[^',]*/stdout', 2: '[^',]*/stderr', \\d+: 'socket[^,]*\\}");
            assertThat(probe.answer("{'do':'environment'}")).doesNotContain("WHIRL_SOCKET");
        }
    }

    @Test
    @Tag("attack-8")
    public void theNamesThatTheMachineGivesAreReadInAFork() throws Exception {
        try (Probe probe = rig.start()) {
            assertThat(probe.result("{'do':'list_folder','path':'/etc'}")).contains("passwd", "nsswitch.conf");
            assertThat(probe.result("{'do':'list_folder','path':'/etc/ssl/certs'}"))
                    .startsWith("[");
        }
    }

    @Test
    @Tag("attack-43")
    void aParentThatDiesIsReplacedAndItsSandboxesAreReported() throws Exception {
        try (Rig own = Rig.open();
                Probe probe = own.start()) {
            long parent = ProcessTable.entry(processes(probe).iterator().next())
                    .orElseThrow()
                    .parent();

            Posix.kill(parent, Posix.SIGKILL);

            await().atMost(Probe.PATIENCE).until(() -> !(probe.run("{'do':'echo'}") instanceof Reply.Answered));
            await().atMost(Probe.PATIENCE).until(() -> processes(probe).isEmpty());
            own.serves();
            own.warm();
        }
    }

    @Test
    @Tag("attack-43")
    void aParentThatHangsIsReplacedAndItsSandboxesLiveOn() throws Exception {
        try (Rig own = Rig.open()) {
            Probe probe = own.start();
            long parent = ProcessTable.entry(processes(probe).iterator().next())
                    .orElseThrow()
                    .parent();

            Posix.kill(parent, Posix.SIGSTOP);

            own.serves();
            Posix.kill(parent, SIGCONT); // it makes what it was asked for, which nobody wants any more
            assertThat(probe.result("{'do':'echo','result':'x'}")).isEqualTo("x");
            own.warm();
            probe.close();
            await().atMost(Probe.PATIENCE)
                    .until(() -> ProcessTable.entry(parent).isEmpty());
        }
    }

    @Test
    @Tag("attack-29")
    void manyStartsAtATimeAreForkedOneAfterTheOther() throws Exception {
        Callable<Boolean> starts = () -> {
            for (int i = 0; i < STARTS; i++) {
                rig.serves();
            }
            return true;
        };

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> each : threads.invokeAll(Collections.nCopies(STARTERS, starts))) {
                assertThat(each.get()).isTrue();
            }
        }

        assertThat(rig.isWarm()).isTrue();
    }

    @Test
    void oneForkHasFewPagesOfItsOwn() throws Exception {
        try (Probe probe = rig.start()) {
            probe.answer("{'do':'echo'}");

            long own = 0;
            for (long pid : processes(probe)) {
                for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
                    if (line.startsWith("Private_")) {
                        own += Long.parseLong(line.replaceAll("[^0-9]", ""));
                    }
                }
            }
            assertThat(own).isPositive().isLessThan(MOST_KIBIBYTES);
        }
    }

    private static Set<Long> processes(Probe probe) {
        return ((ProcessSandbox) probe.sandbox()).group().processes();
    }
}
