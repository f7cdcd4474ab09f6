package dev.whirl.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.Reply.Died.Cause;
import dev.whirl.sandbox.Sandbox.Condition;
import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.process.Probe;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Pods that the cluster takes away, and what their sandboxes say of it.
@Tag("I-25")
class LostPodTest {
    /// A run that nobody ends lasts as long.
    private static final Duration LONG = Duration.ofSeconds(60);

    @SuppressWarnings("NullAway.Init")
    private KubernetesRig rig;

    @SuppressWarnings("NullAway.Init")
    private KubernetesSandboxes sandboxes;

    @BeforeEach
    void open() throws Exception {
        rig = new KubernetesRig();
        sandboxes = rig.open();
    }

    @AfterEach
    void close() throws Exception {
        sandboxes.close();
        rig.close();
    }

    @Test
    @Tag("I-22")
    void aRunGoesElsewhereIfItsPodVanishedBefore() throws Exception {
        Probe probe = KubernetesRig.start(sandboxes);

        rig.kubelet().lose(probe.sandbox().id());

        await().until(() -> probe.sandbox().inspect() == Condition.DEAD);
        assertThat(probe.run("{'do':'echo'}")).isInstanceOf(Reply.NotReached.class);
    }

    @Test
    @Tag("I-22")
    void aStemCellThatWasEvictedPassesItsInitOnToAnother() throws Exception {
        Probe probe = KubernetesRig.startCold(sandboxes, ByteSize.mebibytes(256));

        rig.kubelet().evict(probe.sandbox().id());

        await().until(() -> probe.sandbox().inspect() == Condition.DEAD);
        assertThat(probe.init("{}")).isInstanceOf(Reply.NotReached.class);
    }

    @Test
    @Tag("I-22")
    void whatTheClusterHasNotNoticedYetIsNotWaitedForEither() throws Exception {
        Probe cold = KubernetesRig.startCold(sandboxes, ByteSize.mebibytes(256));
        Probe warm = KubernetesRig.start(sandboxes);

        rig.kubelet().failSilently(cold.sandbox().id());
        rig.kubelet().failSilently(warm.sandbox().id());

        await().until(() -> rig.kubelet().running().isEmpty());
        assertThat(warm.run("{'do':'echo'}", LONG)).isInstanceOf(Reply.NotReached.class);
        assertThat(cold.init("{}", LONG)).isInstanceOf(Reply.NotReached.class);
    }

    @Test
    void aRunUnderWayEndsAtOnceAndThePlatformIsToBlame() throws Exception {
        Probe probe = KubernetesRig.start(sandboxes);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Reply> run = CompletableFuture.supplyAsync(() -> sleep(probe), threads);
            await().until(() -> isSleeping(probe));

            rig.kubelet().evict(probe.sandbox().id());

            Reply reply = run.get();
            assertThat(reply).isInstanceOf(Reply.Died.class);
            assertThat(((Reply.Died) reply).cause()).isEqualTo(Cause.LOST);
            assertThat(((Reply.Died) reply).detail()).contains("The node was low on resource: memory.");
        }
    }

    @ParameterizedTest
    @EnumSource(Death.class)
    void aRunOnADeadNodeEndsWhenTheClusterSaysSo(Death death) throws Exception {
        Probe probe = KubernetesRig.start(sandboxes);
        String pod = probe.sandbox().id();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Reply> run = CompletableFuture.supplyAsync(() -> sleep(probe), threads);
            await().until(() -> isSleeping(probe));
            rig.kubelet().freeze(pod); // its connections stay open, and nothing comes

            death.tell(rig.kubelet(), pod);

            Reply reply = run.get(15, TimeUnit.SECONDS);
            assertThat(reply).isInstanceOf(Reply.Died.class);
            assertThat(((Reply.Died) reply).cause()).isEqualTo(Cause.LOST);
            assertThat(((Reply.Died) reply).detail()).contains(death.words);
            assertThat(probe.run("{'do':'echo'}")).isInstanceOf(Reply.NotReached.class);
        }
    }

    /// How a cluster tells that a node is dead.
    enum Death {
        GIVEN_UP("NodeLost: ") {
            @Override
            void tell(FakeKubelet kubelet, String pod) {
                kubelet.giveUp(pod);
            }
        },
        FORGOTTEN("ContainerStatusUnknown: ") {
            @Override
            void tell(FakeKubelet kubelet, String pod) {
                kubelet.forgetContainer(pod);
            }
        },
        DELETED_IN_VAIN("its node does not answer") {
            @Override
            void tell(FakeKubelet kubelet, String pod) {
                kubelet.announceRemoval(pod);
            }
        };

        private final String words;

        Death(String words) {
            this.words = words;
        }

        abstract void tell(FakeKubelet kubelet, String pod);
    }

    @Test
    void whatBreaksOffWhileTheApiServerIsOutOfOrderIsNotTheCodesDoing() throws Exception {
        Probe probe = KubernetesRig.start(sandboxes);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Reply> run = CompletableFuture.supplyAsync(() -> sleep(probe), threads);
            await().until(() -> isSleeping(probe));
            rig.server().down(true);

            rig.kubelet().failSilently(probe.sandbox().id());

            Reply reply = run.get(30, TimeUnit.SECONDS);
            assertThat(reply).isInstanceOf(Reply.Died.class);
            assertThat(((Reply.Died) reply).cause()).isEqualTo(Cause.LOST);
            assertThat(((Reply.Died) reply).detail()).contains("the cluster does not say why");
        }
        rig.server().down(false);
    }

    @Test
    @Tag("I-22")
    void anInitOnADeadNodeGoesElsewhere() throws Exception {
        Probe probe = KubernetesRig.startCold(sandboxes, ByteSize.mebibytes(256));
        rig.kubelet().freeze(probe.sandbox().id());

        rig.kubelet().giveUp(probe.sandbox().id());

        await().until(() -> probe.sandbox().inspect() == Condition.DEAD);
        assertThat(probe.init("{}")).isInstanceOf(Reply.NotReached.class);
    }

    @Test
    void aPodThatIsBeingDrainedFinishesItsRunAndGetsNoOther() throws Exception {
        Probe probe = KubernetesRig.start(sandboxes);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<String> run = CompletableFuture.supplyAsync(() -> answerLater(probe), threads);
            await().until(() -> isSleeping(probe));

            rig.kubelet().announceRemoval(probe.sandbox().id());

            await().until(() -> probe.sandbox().inspect() == Condition.DEAD);
            assertThat(run.get()).isEqualTo("{}");
            assertThat(probe.run("{'do':'echo'}")).isInstanceOf(Reply.NotReached.class);
        }
    }

    @Test
    void aWatchThatBreaksOffIsTakenUpAgain() throws Exception {
        Probe probe = KubernetesRig.start(sandboxes);

        rig.server().loseWatches();
        rig.kubelet().lose(probe.sandbox().id());

        await().atMost(Duration.ofSeconds(15)).until(() -> probe.sandbox().inspect() == Condition.DEAD);
        try (Probe next = KubernetesRig.start(sandboxes)) {
            next.answer("{'do':'echo'}");
        }
    }

    @Test
    void whatASilentWatchDoesNotTellTheSweepDoes() throws Exception {
        Probe probe = KubernetesRig.start(sandboxes);
        Probe other = KubernetesRig.start(sandboxes);
        rig.server().silenceWatches();
        rig.kubelet().lose(probe.sandbox().id());

        sandboxes.sweep();

        assertThat(probe.sandbox().inspect()).isEqualTo(Condition.DEAD);
        assertThat(other.sandbox().inspect()).isEqualTo(Condition.CLEAN);
    }

    @Test
    void podsStartWhileTheWatchIsSilentAndItIsMadeAnew() throws Exception {
        rig.server().silenceWatches();

        try (Probe probe = KubernetesRig.start(sandboxes)) {
            probe.answer("{'do':'echo'}");
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                sandboxes.sweep();
                return rig.server().watches() > 0;
            });

            rig.kubelet().lose(probe.sandbox().id());

            await().until(() -> probe.sandbox().inspect() == Condition.DEAD); // it speaks again
        }
    }

    @Test
    @Tag("K-16")
    void outputThatBreaksOffIsMissedInTheRunUnderWayOnly() throws Exception {
        Probe probe = KubernetesRig.start(sandboxes);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<String> run = CompletableFuture.supplyAsync(() -> answerLater(probe), threads);
            await().until(() -> isSleeping(probe));
            rig.kubelet().loseAttachments();
            assertThat(run.get()).isEqualTo("{}");

            assertThat(probe.logs().isComplete()).isFalse();
        }

        await().untilAsserted(() -> {
            probe.answer("{'do':'write','text':'again\\n'}");
            assertThat(probe.lines()).containsExactly("stdout: again");
        });
    }

    @Test
    void whereNoNodeHasRoomThatIsSaidWhenTheTimeIsOver() throws Exception {
        rig.kubelet().full();
        try (KubernetesSandboxes hasty = rig.openAs("invoker1", "start-timeout", "1s")) {
            assertThatThrownBy(() -> KubernetesRig.start(hasty))
                    .isInstanceOfSatisfying(
                            SandboxException.class, e -> assertThat(e.forUser()).isEmpty())
                    .hasMessageContaining("Insufficient memory");
            assertThat(rig.podNames()).isEmpty();
        }
    }

    private static Reply sleep(Probe probe) {
        try {
            return probe.run("{'do':'say_and_sleep','seconds':60}", LONG);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String answerLater(Probe probe) {
        try {
            return Probe.text(probe.run("{'do':'say_and_sleep','seconds':1.5}", LONG));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isSleeping(Probe probe) {
        return rig.kubelet().log(probe.sandbox().id()).contains("asleep");
    }
}
