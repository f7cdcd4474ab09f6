package dev.whirl.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.json.RawJson;
import dev.whirl.sandbox.CollectedLogs.Line;
import dev.whirl.sandbox.Reply.Died.Cause;
import dev.whirl.sandbox.Sandbox.Condition;
import dev.whirl.sandbox.process.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What every backend of sandboxes promises. A test of a backend extends this and says how a sandbox of the test
/// runtime is started there.
public abstract class SandboxContract {
    private static final ByteSize MEMORY = ByteSize.mebibytes(256);

    /// A sandbox of the test runtime that has no code yet.
    protected abstract Probe startCold(ByteSize memory) throws Exception;

    /// The same, initialised.
    protected Probe start(ByteSize memory) throws Exception {
        Probe probe = startCold(memory);
        probe.init("{}");
        return probe;
    }

    @Test
    public void aLargeInitAndItsAnswerPass() throws Exception {
        try (Probe probe = startCold(ByteSize.mebibytes(512))) {
            String code = "x".repeat(48 << 20);

            Reply reply = probe.init("{'code':'" + code + "'}");

            assertThat(Probe.field(Probe.text(reply), "size").asWholeNumber().orElseThrow())
                    .isGreaterThan(48 << 20);
        }
    }

    @Test
    @Tag("K-10")
    public void codeThatStandsApartIsPutIntoTheInit() throws Exception {
        try (Probe probe = startCold(ByteSize.mebibytes(256))) {
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
        try (Probe probe = startCold(ByteSize.mebibytes(64))) {
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
    @Tag("K-18")
    public void severalRunsAtATimeAreAnsweredInAnyOrder() throws Exception {
        try (Probe probe = start(MEMORY);
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
        try (Probe probe = start(MEMORY)) {
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
        try (Probe probe = start(MEMORY)) {
            probe.answer("{'do':'write','text':'first, and no end'}");
            assertThat(probe.lines()).containsExactly("stdout: first, and no end");

            probe.answer("{'do':'write','text':'second\\n','stderr':true}");
            assertThat(probe.lines()).containsExactly("stderr: second");
        }
    }

    @Test
    public void initAndRunOfOneActivationShareTheirLog() throws Exception {
        try (Probe probe = startCold(ByteSize.mebibytes(256))) {
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
        try (Probe probe = start(MEMORY)) {
            Reply reply = probe.run("{'do':'leave','status':7}");

            assertThat(reply).isInstanceOf(Reply.Died.class);
            assertThat(((Reply.Died) reply).cause()).isEqualTo(Cause.EXITED);
            assertThat(((Reply.Died) reply).detail()).contains("exit status 7");
            assertThat(probe.sandbox().inspect()).isEqualTo(Condition.DEAD);
            assertThat(probe.run("{'do':'echo'}")).isInstanceOf(Reply.NotReached.class);
        }
    }

    @Test
    public void aStemCellGetsTheMemoryOfItsAction() throws Exception {
        try (Probe probe = start(ByteSize.mebibytes(64))) {
            probe.sandbox().resize(ByteSize.mebibytes(512));

            probe.answer("{'do':'allocate','mebibytes':200}");
            assertThat(probe.sandbox().spec().memory()).isEqualTo(ByteSize.mebibytes(512));

            probe.sandbox().resize(ByteSize.mebibytes(64));
            assertThat(probe.run("{'do':'allocate','mebibytes':200,'holdSeconds':2}"))
                    .isInstanceOf(Reply.Died.class);
        }
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
