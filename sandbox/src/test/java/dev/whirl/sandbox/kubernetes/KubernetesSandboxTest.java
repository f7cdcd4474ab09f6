package dev.whirl.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.Reply.Died.Cause;
import dev.whirl.sandbox.RuntimeReadiness;
import dev.whirl.sandbox.SandboxContract;
import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.process.Probe;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The port's promises, kept with pods: the mock API server, and a node that starts the test runtime as processes.
@Tag("I-25")
class KubernetesSandboxTest extends SandboxContract {
    @SuppressWarnings("NullAway.Init")
    private static KubernetesRig rig;

    @SuppressWarnings("NullAway.Init")
    private static KubernetesSandboxes sandboxes;

    @BeforeAll
    static void open() throws Exception {
        rig = new KubernetesRig();
        sandboxes = rig.open();
    }

    @AfterAll
    static void close() throws Exception {
        if (sandboxes != null) {
            sandboxes.close();
        }
        rig.close();
    }

    @Override
    protected Probe startCold(ByteSize memory) throws Exception {
        return KubernetesRig.startCold(sandboxes, memory);
    }

    @Test
    void readinessNamesTheClusterAndTheImages() {
        assertThat(sandboxes.readiness())
                .containsExactly(
                        new RuntimeReadiness("blackbox", true, "Kubernetes v1.34.0"),
                        new RuntimeReadiness("probe:1", true, "image whirl-test/probe:1, pulled by the cluster"));
    }

    @Test
    void aPodCarriesItsNameItsLabelsAndNothingThatItDoesNotNeed() throws Exception {
        try (Probe probe = start(ByteSize.mebibytes(256))) {
            Pod pod = pod(probe);

            assertThat(probe.sandbox().id()).matches("wskinvoker0-[0-9a-f]{6}-[0-9]+-test");
            assertThat(pod.getMetadata().getLabels())
                    .containsEntry("user-action-pod", "true")
                    .containsEntry("invoker", "invoker0")
                    .containsEntry("release", "whirl");
            assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
            assertThat(probe.answer("{'do':'environment'}")).contains("http://api.example:3233");
        }
    }

    @Test
    @Tag("K-16")
    void theEndOfAnActivationsOutputIsNoLineOfIt() throws Exception {
        try (Probe probe = start(ByteSize.mebibytes(256))) {
            probe.answer("{'do':'write','text':'one\\ntwo, without an end'}");

            assertThat(probe.lines()).containsExactly("stdout: one", "stdout: two, without an end");
        }
    }

    @Test
    @Tag("K-15")
    @Tag("attack-19")
    void whoTakesMoreMemoryThanItsLimitDiesOfThat() throws Exception {
        try (Probe probe = start(ByteSize.mebibytes(128))) {
            Reply reply = probe.run("{'do':'allocate','mebibytes':400,'holdSeconds':2}");

            assertThat(reply).isInstanceOf(Reply.Died.class);
            assertThat(((Reply.Died) reply).cause()).isEqualTo(Cause.OUT_OF_MEMORY);
        }
    }

    @Test
    @Tag("attack-22")
    void aFloodOfOutputIsCutAtItsLimit() throws Exception {
        try (Probe probe = start(ByteSize.mebibytes(256))) {
            probe.logLimit(ByteSize.kibibytes(100));
            probe.answer("{'do':'flood','seconds':0.2,'times':100}");

            assertThat(probe.logs().isTruncated()).isTrue();
        }
    }

    @Test
    void nothingIsPausedAndNobodyMinds() throws Exception {
        try (Probe probe = start(ByteSize.mebibytes(256))) {
            assertThat(probe.sandbox().canPause()).isFalse();
            probe.sandbox().pause();
            probe.sandbox().resume();

            assertThat(probe.answer("{'do':'echo','x':1}")).contains("\"x\": 1");
        }
    }

    @Test
    void closingTwiceIsClosingOnceAndLeavesNothing() throws Exception {
        Probe probe = start(ByteSize.mebibytes(256));
        String pod = probe.sandbox().id();

        probe.close();
        probe.close();

        assertThat(rig.podNames()).doesNotContain(pod);
        await().until(() -> !rig.kubelet().running().contains(pod));
    }

    @Test
    @Tag("K-25")
    void aUsersImageThatCannotBeHadOrStartedIsTheUsersAffair() {
        assertImageFails("me/missing", "Failed to pull container image 'me/missing'.");
        assertImageFails("me/no-program", "executable file not found in image me/no-program");
        assertImageFails("me/root-only", "The image 'me/root-only' must not run as root.");
        assertImageFails("me/quits", "The container of image 'me/quits' ended before it took the code.");
        assertImageFails("evil.example/box", "Failed to pull container image 'evil.example/box'.");
        assertImageFails("../box", "Failed to pull container image '../box'.");
    }

    @Test
    @Tag("K-25")
    void aNodeThatCannotStartContainersIsNotTheUsersAffair() {
        assertThatThrownBy(() -> KubernetesRig.startImage(sandboxes, "me/no-room"))
                .isInstanceOfSatisfying(
                        SandboxException.class, e -> assertThat(e.forUser()).isEmpty())
                .hasMessageContaining("no space left on device");
    }

    private static void assertImageFails(String image, String sentence) {
        assertThatThrownBy(() -> KubernetesRig.startImage(sandboxes, image))
                .isInstanceOfSatisfying(
                        SandboxException.class, e -> assertThat(e.forUser()).contains(sentence));
        assertThat(rig.podNames()).noneMatch(each -> each.endsWith("-box"));
    }

    @Test
    void whatAContainerPrintedBeforeItEndedIsToldToTheOperator() {
        assertThatThrownBy(() -> KubernetesRig.startImage(sandboxes, "me/quits"))
                .hasMessageContaining("exit status 3")
                .hasMessageContaining("it is no use");
    }

    @Test
    @Tag("K-14")
    void aUsersImageThatNeverListensHasTheTimeOfItsInit() throws Exception {
        try (Probe mute = KubernetesRig.startImage(sandboxes, "me/mute")) {
            assertThat(mute.init("{}", Duration.ofMillis(300))).isEqualTo(new Reply.TimedOut());
        }
    }

    private static Pod pod(Probe probe) {
        return rig.pods().stream()
                .filter(each -> probe.sandbox().id().equals(each.getMetadata().getName()))
                .findFirst()
                .orElseThrow();
    }
}
