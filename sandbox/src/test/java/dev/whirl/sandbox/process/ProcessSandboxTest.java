package dev.whirl.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.json.RawJson;
import dev.whirl.sandbox.CollectedLogs.Line;
import dev.whirl.sandbox.InitCode;
import dev.whirl.sandbox.InitRequest;
import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.Reply.Died.Cause;
import dev.whirl.sandbox.RuntimeReadiness;
import dev.whirl.sandbox.Sandbox.Condition;
import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.SandboxSpec;
import dev.whirl.sandbox.process.launch.LaunchSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The port's promises, kept with real processes.
public class ProcessSandboxTest {
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
    public void aLargeInitAndItsAnswerPass() throws Exception {
        try (Probe probe = rig.startCold(ByteSize.mebibytes(512))) {
            String code = "x".repeat(48 << 20);

            Reply reply = probe.init("{'code':'" + code + "'}");

            assertThat(Probe.field(Probe.text(reply), "size").asWholeNumber().orElseThrow())
                    .isGreaterThan(48 << 20);
        }
    }

    @Test
    @Tag("K-10")
    public void codeThatStandsApartIsPutIntoTheInit() throws Exception {
        try (Probe probe = rig.startCold(ByteSize.mebibytes(256))) {
            RawJson body = RawJson.parse("{\"value\":{\"do\":\"echo\",\"x\":1}}");
            RawJson code = RawJson.string("a \"text\" of é " + "x".repeat(200_000));

            Reply reply = probe.sandbox()
                    .init(
                            new InitRequest(ActivationId.random(), body, ByteSize.mebibytes(1), InitCode.of(code)),
                            Probe.PATIENCE);

            assertThat(Probe.field(Probe.text(reply), "code").asText()).isEqualTo(code.asText());
            assertThat(Probe.field(Probe.text(reply), "x")).isEqualTo(RawJson.number(1));
        }
        RawJson other = RawJson.parse("{ \"value\":{\"x\":1}}");
        assertThatThrownBy(
                        () -> new InitRequest(ActivationId.random(), other, ByteSize.ZERO, InitCode.of(RawJson.NULL)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Tag("P-27")
    public void codeIsGivenBackWhenItIsSentThoughTheInitLastsOn() throws Exception {
        try (Probe probe = rig.startCold(ByteSize.mebibytes(64))) {
            RawJson body = RawJson.parse("{\"value\":{\"do\":\"sleep\",\"seconds\":60}}");
            InitCode code = InitCode.of(RawJson.string("x".repeat(1 << 20)));
            Thread init = Thread.ofVirtual().start(() -> begin(probe, body, code));

            await().untilAsserted(() -> assertThatThrownBy(code::text).isInstanceOf(IllegalStateException.class));

            assertThat(init.isAlive()).isTrue();
            probe.sandbox().close();
            assertThat(init.join(Probe.PATIENCE)).isTrue();
        }
    }

    private static void begin(Probe probe, RawJson body, InitCode code) {
        try {
            probe.sandbox()
                    .init(new InitRequest(ActivationId.random(), body, ByteSize.ZERO, code), Duration.ofMinutes(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    public void aSandboxThatCannotBePreparedLeavesNothing() throws Exception {
        ProcessSandboxConfig config = rig.config();
        LaunchSettings sound = config.launch();
        var launch =
                new LaunchSettings(sound.isolation(), sound.network(), -1, sound.openFiles(), sound.tmpSize(), false);
        var impossible = new ProcessSandboxConfig(launch, config.runtimes(), config.runFolder(), config.startTimeout());
        try (Rig broken = Rig.openWith(impossible)) {
            assertThatThrownBy(() -> broken.startCold(ByteSize.mebibytes(64))).isInstanceOf(SandboxException.class);
            assertThat(leftInRunFolder()).isEmpty();
        }
    }

    @Test
    @Tag("K-18")
    public void severalRunsAtATimeAreAnsweredInAnyOrder() throws Exception {
        try (Probe probe = rig.start();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(probe.sandbox().runsConcurrently()).isTrue();
            List<CompletableFuture<String>> answers = java.util.stream.IntStream.range(0, 20)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> concurrentRun(probe, i), threads))
                    .toList();

            for (int i = 0; i < 20; i++) {
                assertThat(answers.get(i).get()).contains("\"id\": " + i);
            }
        }
    }

    @Test
    public void outputHasItsStreamOrderAndTime() throws Exception {
        try (Probe probe = rig.start()) {
            long micros = Instant.now().toEpochMilli() * 1000;
            probe.answer(
                    "{'do':'marked','lines':[{'text':'one','micros':%d},{'text':'two','micros':%d,'stderr':true},{'text':'three','micros':%d}]}"
                            .formatted(micros, micros + 1, micros + 2));

            List<Line> lines = probe.logs().lines();

            assertThat(lines).extracting(Line::text).containsExactly("one", "two", "three");
            assertThat(lines.getFirst().time().toEpochMilli()).isEqualTo(micros / 1000);
            assertThat(probe.lines()).isEmpty();
        }
    }

    @Test
    public void unmarkedOutputBelongsToTheRunInFlight() throws Exception {
        try (Probe probe = rig.start()) {
            probe.answer("{'do':'write','text':'first, and no end'}");
            assertThat(probe.lines()).containsExactly("stdout: first, and no end");

            probe.answer("{'do':'write','text':'second\\n','stderr':true}");
            assertThat(probe.lines()).containsExactly("stderr: second");
        }
    }

    @Test
    public void initAndRunOfOneActivationShareTheirLog() throws Exception {
        try (Probe probe = rig.startCold(ByteSize.mebibytes(256))) {
            ActivationId id = ActivationId.random();
            probe.sandbox()
                    .init(
                            new dev.whirl.sandbox.InitRequest(
                                    id,
                                    dev.whirl.model.json.RawJson.parse(
                                            "{\"value\":{\"do\":\"write\",\"text\":\"in init\\n\"}}"),
                                    ByteSize.mebibytes(1)),
                            Probe.PATIENCE);
            probe.run(id, "{'do':'write','text':'in run\\n'}", Probe.PATIENCE);

            assertThat(probe.sandbox().collectLogs(id).lines())
                    .extracting(Line::text)
                    .containsExactly("in init", "in run");
        }
    }

    @Test
    @Tag("I-22")
    public void anEndedRuntimeIsReportedWithItsStatusAndLaterCallsReachNobody() throws Exception {
        try (Probe probe = rig.start()) {
            Reply reply = probe.run("{'do':'leave','status':7}");

            assertThat(reply).isInstanceOf(Reply.Died.class);
            assertThat(((Reply.Died) reply).cause()).isEqualTo(Cause.EXITED);
            assertThat(((Reply.Died) reply).detail()).contains("exit status 7");
            assertThat(probe.sandbox().inspect()).isEqualTo(Condition.DEAD);
            assertThat(probe.run("{'do':'echo'}")).isInstanceOf(Reply.NotReached.class);
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
    public void aStemCellGetsTheMemoryOfItsAction() throws Exception {
        try (Probe probe = rig.start(ByteSize.mebibytes(64))) {
            probe.sandbox().resize(ByteSize.mebibytes(512));

            probe.answer("{'do':'allocate','mebibytes':200}");
            assertThat(probe.sandbox().spec().memory()).isEqualTo(ByteSize.mebibytes(512));

            probe.sandbox().resize(ByteSize.mebibytes(64));
            assertThat(probe.run("{'do':'allocate','mebibytes':200,'holdSeconds':2}"))
                    .isInstanceOf(Reply.Died.class);
        }
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

    private static String concurrentRun(Probe probe, int i) {
        try {
            String value = "{'do':'%s','inThread':true,'id':%d,'seconds':0}".formatted("echo", i);
            return Probe.text(probe.run(ActivationId.random(), value, Probe.PATIENCE));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
