package dev.whirl.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.Reply.Died.Cause;
import dev.whirl.sandbox.Sandbox.Condition;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Runtimes that do not keep to the wire.
public class HostileWireTest {
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
    @Tag("attack-5")
    public void garbageEndsTheSandbox() throws Exception {
        for (String hex : new String[] {"ffffffffffffffffffff", "0000000a0400000063000000", "00000005630000000100"}) {
            try (Probe probe = rig.start()) {
                Reply reply = probe.run("{'do':'send_raw','hang':true,'hex':'" + hex + "'}", Duration.ofSeconds(10));

                assertThat(reply).as(hex).isInstanceOf(Reply.Died.class);
                assertThat(((Reply.Died) reply).cause()).isEqualTo(Cause.EXITED);
                assertThat(probe.sandbox().inspect()).isEqualTo(Condition.DEAD);
                assertThat(probe.run("{'do':'echo'}")).isInstanceOf(Reply.NotReached.class);
            }
        }
        rig.serves();
    }

    @Test
    @Tag("attack-22")
    public void anAnswerOfTwoGigabytesHoldsUpNobody() throws Exception {
        try (Probe probe = rig.start();
                Probe neighbour = rig.start()) {
            var hostile = CompletableFuture.runAsync(() -> endlessReply(probe), Thread::startVirtualThread);
            for (int i = 0; i < 200; i++) {
                assertThat(neighbour.run("{'do':'echo'}", Duration.ofSeconds(2)))
                        .isInstanceOf(Reply.Answered.class);
            }
            hostile.join();
        }
    }

    @Test
    @Tag("R-138")
    public void ofALongAnswerTheBeginningAndTheSizeAreKept() throws Exception {
        try (Probe probe = rig.start()) {
            probe.resultLimit(ByteSize.bytes(1_000));
            var answered = (Reply.Answered) probe.run("{'do':'big','bytes':5000000}");

            assertThat(answered.status()).isEqualTo(200);
            assertThat(answered.isTruncated()).isTrue();
            assertThat(answered.body()).hasSize(1_000);
            assertThat(answered.fullSizeBytes()).isEqualTo(5_000_012);
            probe.answer("{'do':'echo'}");
        }
    }

    @Test
    @Tag("attack-25")
    public void aRuntimeThatDoesNotReadTimesOutAndHoldsUpNobody() throws Exception {
        try (Probe probe = rig.start();
                Probe neighbour = rig.start()) {
            probe.run("{'do':'stop_reading'}");
            var blocked = CompletableFuture.runAsync(() -> largeRunTimesOut(probe), Thread::startVirtualThread);
            for (int i = 0; i < 100; i++) {
                neighbour.answer("{'do':'echo'}");
            }
            blocked.join();
        }
    }

    private static void endlessReply(Probe probe) {
        try {
            // a reply to request 2, the run itself, of 2147483647 bytes
            Reply reply = probe.run(
                    "{'do':'send_raw','hex':'7fffffff040000000200c8','endlessZeros':true}", Duration.ofSeconds(2));
            assertThat(reply).isNotInstanceOf(Reply.NotReached.class);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void largeRunTimesOut(Probe probe) {
        try {
            String text = "x".repeat(5_000_000);
            Reply reply = probe.run("{'do':'echo','text':'" + text + "'}", Duration.ofSeconds(1));
            assertThat(reply).isInstanceOfAny(Reply.TimedOut.class, Reply.Died.class);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
