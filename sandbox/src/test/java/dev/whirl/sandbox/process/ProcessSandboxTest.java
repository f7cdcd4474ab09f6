package dev.whirl.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.RuntimeReadiness;
import dev.whirl.sandbox.SandboxContract;
import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.SandboxSpec;
import dev.whirl.sandbox.process.launch.LaunchSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The port's promises, kept with real processes.
public class ProcessSandboxTest extends SandboxContract {
    private static final long PID = ProcessHandle.current().pid();

    @SuppressWarnings("NullAway.Init")
    private static Rig rig;

    @BeforeAll
    public static void open() throws Exception {
        rig = Rig.open();
    }

    @AfterAll
    public static void close() {
        rig.close();
    }

    @Override
    protected Probe startCold(ByteSize memory) throws Exception {
        return rig.startCold(memory);
    }

    @Test
    void readinessNamesTheInterpreterOrSaysWhatToDo() {
        assertThat(rig.sandboxes().readiness())
                .extracting(RuntimeReadiness::runtime)
                .contains("probe:1", "future:9");
        RuntimeReadiness future = readiness("future:9");
        assertThat(future.isReady()).isFalse();
        assertThat(future.explanation())
                .contains("python3 99 or newer not found")
                .contains("install it with: apt-get install python3");
        assertThat(readiness("probe:1").explanation()).contains("/python3");
    }

    @Test
    public void aSandboxThatCannotBePreparedLeavesNothing() throws Exception {
        ProcessSandboxConfig config = rig.config();
        LaunchSettings sound = config.launch();
        var launch =
                new LaunchSettings(sound.isolation(), sound.network(), -1, sound.openFiles(), sound.tmpSize(), false);
        var impossible = new ProcessSandboxConfig(
                launch, config.runtimes(), config.runFolder(), config.startTimeout(), config.compiledSize());
        try (Rig broken = Rig.openWith(impossible)) {
            assertThatThrownBy(() -> broken.startCold(ByteSize.mebibytes(64))).isInstanceOf(SandboxException.class);
            assertThat(leftInRunFolder()).isEmpty();
        }
    }

    @Test
    public void aRuntimeThatDoesNotStartSaysWhatItWrote() {
        assertThatThrownBy(() -> rig.sandboxes().start(new SandboxSpec("broken:1", "", ByteSize.mebibytes(64), "x")))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("this runtime is broken")
                .hasMessageContaining("exit status 3");
        assertThatThrownBy(() -> rig.sandboxes().start(new SandboxSpec("none:1", "", ByteSize.mebibytes(64), "x")))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("no such runtime");
    }

    @Test
    public void aPausedSandboxDoesNothingUntilItIsResumed() throws Exception {
        try (Probe probe = rig.start()) {
            if (probe.sandbox().canPause()) {
                probe.sandbox().pause();
                assertThat(probe.run("{'do':'echo'}", Duration.ofMillis(200))).isEqualTo(new Reply.TimedOut());
                probe.sandbox().resume();
            }
            probe.answer("{'do':'echo'}");

            if (probe.sandbox().canPause()) {
                probe.sandbox().pause();
            }
        }
        assertThat(leftInRunFolder()).isEmpty();
    }

    @Test
    public void closingTwiceIsClosingOnceAndLeavesNothing() throws Exception {
        Probe probe = rig.start();
        probe.answer("{'do':'daemonize'}");

        probe.close();
        probe.close();

        assertThat(((ProcessSandbox) probe.sandbox()).group().processes()).isEmpty();
        await().atMost(Duration.ofSeconds(5)).until(() -> leftInRunFolder().isEmpty());
    }

    @Test
    public void withoutIsolationCodeRunsToo() throws Exception {
        try (Rig direct = Rig.open("isolation", "none");
                Probe probe = direct.start()) {
            assertThat(probe.answer("{'do':'echo','x':1}")).contains("\"x\": 1");
            assertThat(probe.answer("{'do':'environment'}")).doesNotContain("JAVA_HOME", "MAVEN");
            probe.answer("{'do':'write','text':'hello\\n'}");
            assertThat(probe.lines()).containsExactly("stdout: hello");
        }
    }

    @Test
    void weakerNetworksThanAskedForAreRefused() {
        assertThatThrownBy(() -> Rig.config("network", "filtered", "isolation", "none"))
                .hasMessageContaining("filtered needs sandbox.process.isolation = bubblewrap");
        assertThatThrownBy(() -> Rig.config("network", "none", "isolation", "none"))
                .hasMessageContaining("needs sandbox.process.isolation");
    }

    private static List<Path> leftInRunFolder() throws Exception {
        try (var all = Files.find(
                rig.config().runFolder(), 2, (path, _) -> path.toString().contains("/whirl-" + PID + "-"))) {
            return all.filter(path -> path.getFileName().toString().matches("s[0-9]+"))
                    .toList();
        }
    }

    private static RuntimeReadiness readiness(String kind) {
        return rig.sandboxes().readiness().stream()
                .filter(each -> each.runtime().equals(kind))
                .findFirst()
                .orElseThrow();
    }
}
