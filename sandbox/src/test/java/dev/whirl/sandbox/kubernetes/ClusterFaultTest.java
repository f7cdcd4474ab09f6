package dev.whirl.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.process.Probe;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An API server that refuses, fails or does not answer; and pods that nobody has.
@Tag("I-25")
class ClusterFaultTest {
    private static final String CREATE = "POST .*/pods";
    private static final String DELETE = "DELETE .*/pods/.*";
    private static final String RENEW = "PATCH .*/leases/.*";

    @SuppressWarnings("NullAway.Init")
    private KubernetesRig rig;

    @BeforeEach
    void open() throws Exception {
        rig = new KubernetesRig();
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void whatPassesIsTriedAgain(int status) throws Exception {
        try (KubernetesSandboxes sandboxes = rig.open()) {
            rig.server().fail(3, status, CREATE);

            try (Probe probe = KubernetesRig.start(sandboxes)) {
                probe.answer("{'do':'echo'}");
            }
        }
    }

    @Test
    void whatIsForbiddenIsSaidAtOnce() throws Exception {
        try (KubernetesSandboxes sandboxes = rig.open()) {
            rig.server().fail(1, 403, CREATE);

            assertThatThrownBy(() -> KubernetesRig.start(sandboxes))
                    .isInstanceOfSatisfying(
                            SandboxException.class, e -> assertThat(e.forUser()).isEmpty())
                    .hasMessageContaining("403");
        }
    }

    @Test
    void aConflictIsTriedAgain() throws Exception {
        try (KubernetesSandboxes sandboxes = rig.open()) {
            rig.server().fail(2, 409, "Conflict", CREATE);

            try (Probe probe = KubernetesRig.start(sandboxes)) {
                probe.answer("{'do':'echo'}");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"AlreadyExists", "SomethingElse"})
    void whatIsRefusedWith409IsNoPod(String reason) throws Exception {
        try (KubernetesSandboxes sandboxes = rig.open()) {
            rig.server().fail(1, 409, reason, CREATE);

            assertThatThrownBy(() -> KubernetesRig.start(sandboxes))
                    .isInstanceOf(SandboxException.class)
                    .hasMessageContaining("a fault of the test (409)");
        }
    }

    @Test
    void aPodThatWasMadeThoughTheAnswerWasLostIsTaken() throws Exception {
        try (KubernetesSandboxes sandboxes = rig.open()) {
            rig.server().loseAnswer(CREATE);

            try (Probe probe = KubernetesRig.start(sandboxes)) {
                probe.answer("{'do':'echo'}");
            }
        }
    }

    @Test
    void sandboxesServeOnWhileTheApiServerIsOutOfOrder() throws Exception {
        try (KubernetesSandboxes sandboxes = rig.open("start-timeout", "1s");
                Probe probe = KubernetesRig.start(sandboxes)) {
            rig.server().down(true);

            probe.answer("{'do':'echo'}");
            assertThatThrownBy(() -> KubernetesRig.start(sandboxes))
                    .isInstanceOf(SandboxException.class)
                    .hasMessageContaining("503");

            rig.server().down(false);
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> {
                try (Probe next = KubernetesRig.start(sandboxes)) {
                    next.answer("{'do':'echo'}");
                }
            });
        }
    }

    @Test
    void aPodThatCannotBeRemovedAtOnceIsRemovedLater() throws Exception {
        try (KubernetesSandboxes sandboxes = rig.open()) {
            Probe probe = KubernetesRig.start(sandboxes);
            rig.server().fail(6, 500, DELETE);

            probe.close();

            await().atMost(Duration.ofSeconds(20)).until(() -> rig.podNames().isEmpty());
        }
    }

    @Test
    void whatNobodyHasIsRemovedInTheSecondSweep() throws Exception {
        try (KubernetesSandboxes sandboxes = rig.open();
                Probe known = KubernetesRig.start(sandboxes)) {
            Pod copy = rig.pods().getFirst();
            rig.operator()
                    .pods()
                    .inNamespace(ApiServer.NAMESPACE)
                    .resource(new PodBuilder()
                            .withNewMetadata()
                            .withName("nobodys")
                            .withLabels(copy.getMetadata().getLabels())
                            .endMetadata()
                            .withSpec(copy.getSpec())
                            .build())
                    .create();

            assertThat(sandboxes.sweep()).isZero();
            assertThat(sandboxes.sweep()).isEqualTo(1);

            assertThat(rig.podNames()).containsExactly(known.sandbox().id());
        }
    }

    @Test
    void whatAnEarlierLifeLeftIsRemovedOnceItsLeaseIsRenewedNoMore() throws Exception {
        try (KubernetesSandboxes sandboxes = rig.open();
                Probe known = KubernetesRig.start(sandboxes);
                KubernetesSandboxes neighbour = rig.openAs("invoker1");
                Probe other = KubernetesRig.start(neighbour)) {
            String left = rig.leftByAnother(known.sandbox().id());
            rig.leaseOf(left);

            sandboxes.sweep();
            assertThat(rig.podNames()).contains(left);
            sandboxes.sweep();
            assertThat(rig.podNames())
                    .containsExactlyInAnyOrder(
                            known.sandbox().id(), other.sandbox().id());

            sandboxes.sweep();
            sandboxes.sweep();
            assertThat(rig.leaseNames()).doesNotContain("whirl-dead").hasSize(2);
        }
    }

    @Test
    void aPodWithoutALeaseIsRemovedToo() throws Exception {
        try (KubernetesSandboxes sandboxes = rig.open();
                Probe known = KubernetesRig.start(sandboxes)) {
            String left = rig.leftByAnother(known.sandbox().id());

            sandboxes.sweep();
            sandboxes.sweep();

            assertThat(rig.podNames()).doesNotContain(left);
        }
    }

    @Test
    void twoInvokersOfOneNameLeaveEachOthersPodsAlone() throws Exception {
        try (KubernetesSandboxes old = rig.open();
                Probe served = KubernetesRig.start(old);
                KubernetesSandboxes next = rig.open();
                Probe other = KubernetesRig.start(next)) {
            List<String> before = rig.renewals(); // next has looked once, when it started
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> rig.renewals().stream().noneMatch(before::contains));

            next.sweep();

            assertThat(rig.podNames())
                    .containsExactlyInAnyOrder(
                            served.sandbox().id(), other.sandbox().id());
            served.answer("{'do':'echo'}");
        }
    }

    @Test
    void whileLeasesCannotBeRenewedNobodyCountsAsGone() throws Exception {
        try (KubernetesSandboxes sandboxes = rig.open();
                Probe known = KubernetesRig.start(sandboxes)) {
            String left = rig.leftByAnother(known.sandbox().id());
            sandboxes.sweep();
            rig.server().fail(1, 403, RENEW);
            await().atMost(Duration.ofSeconds(30)).until(() -> rig.server().faultsLeft() == 0);

            sandboxes.sweep();
            assertThat(rig.podNames()).contains(left);

            sandboxes.sweep();
            assertThat(rig.podNames()).doesNotContain(left);
        }
    }

    @Test
    void aLeaseThatSomebodyRemovedIsMadeAnew() throws Exception {
        try (var _ = rig.open()) {
            String lease = rig.leaseNames().getFirst();

            rig.operator()
                    .leases()
                    .inNamespace(ApiServer.NAMESPACE)
                    .withName(lease)
                    .delete();

            await().atMost(Duration.ofSeconds(30)).until(() -> rig.leaseNames().contains(lease));
        }
        assertThat(rig.leaseNames()).isEmpty();
    }

    @Test
    void closingUnderStartsLeavesNoPod() throws Exception {
        rig.kubelet().slow(Duration.ofSeconds(2));
        KubernetesSandboxes sandboxes = rig.open();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Probe> start = threads.submit(() -> KubernetesRig.start(sandboxes));
            await().until(() -> !rig.podNames().isEmpty());

            sandboxes.close();

            assertThat(rig.podNames()).isEmpty();
            assertThatThrownBy(start::get).hasMessageContaining("the server is ending");
        }
    }

    @Test
    void closingRemovesAPodThatWasMadeAndNotKnown() throws Exception {
        KubernetesSandboxes sandboxes = rig.open("start-timeout", "1s");
        rig.server().hangAfter(1, CREATE);
        rig.server().fail(2, 403, DELETE); // at once, and later
        assertThatThrownBy(() -> KubernetesRig.start(sandboxes)).hasMessageContaining("no answer came in time");
        await().until(() -> rig.server().faultsLeft() == 0);
        assertThat(rig.podNames()).hasSize(1);

        sandboxes.close();

        assertThat(rig.podNames()).isEmpty();
    }

    @Test
    void anApiServerThatDoesNotAnswerKeepsNobodyFromClosing() throws Exception {
        KubernetesSandboxes sandboxes = rig.open();
        KubernetesRig.start(sandboxes);
        KubernetesRig.startCold(sandboxes, ByteSize.mebibytes(128));
        rig.server().hang(1_000, ".*");
        long start = System.nanoTime();

        sandboxes.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    @Tag("K-16")
    void outputThatCannotBeTakenTakesNobodysTurn() throws Exception {
        try (KubernetesSandboxes sandboxes = rig.open("operations", "1");
                Probe first = KubernetesRig.start(sandboxes)) {
            Probe second = KubernetesRig.start(sandboxes);
            rig.server().hang(1_000, "GET .*/attach.*");
            rig.kubelet().loseAttachments();
            await().until(() -> rig.server().faultsLeft() < 1_000);

            second.close();

            assertThat(rig.podNames()).containsExactly(first.sandbox().id());
        }
    }

    @Test
    void closingTheBackendRemovesAllPods() throws Exception {
        KubernetesSandboxes sandboxes = rig.open();
        KubernetesRig.start(sandboxes);
        KubernetesRig.startCold(sandboxes, ByteSize.mebibytes(128));

        sandboxes.close();

        assertThat(rig.podNames()).isEmpty();
        assertThatThrownBy(() -> KubernetesRig.start(sandboxes)).hasMessageContaining("ending");
    }

    @Test
    void aPodThatStartsSlowlyIsWaitedFor() throws Exception {
        rig.kubelet().slow(Duration.ofMillis(1_500));
        try (KubernetesSandboxes sandboxes = rig.open();
                Probe probe = KubernetesRig.start(sandboxes)) {
            probe.answer("{'do':'echo'}");
        }
    }

    @Test
    @Tag("attack-9")
    void onlyInvokersComeInAndFunctionsReachTheOutside() throws Exception {
        try (var _ = rig.open("api-labels", "app=controller")) {
            NetworkPolicy policy = policies().getFirst();

            assertThat(policy.getMetadata().getName()).isEqualTo("whirl-functions-whirl");
            assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
        }
        try (var _ = rig.open("network-policy", "ingress");
                var _ = rig.openAs("invoker1", "network-policy", "ingress")) {
            assertThat(policies()).hasSize(1);
            assertThat(policies().getFirst().getSpec().getPolicyTypes()).containsExactly("Ingress");
        }
    }

    @Test
    @Tag("attack-9")
    void labelsOfInvokersThatFunctionsHaveTooAreRefused() {
        assertThatThrownBy(() -> rig.open("invoker-labels", "release=whirl"))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("pods of functions have these labels too");
    }

    @Test
    @Tag("attack-9")
    void aNetworkPolicyOfAnotherInstallationIsNotChanged() throws Exception {
        try (var _ = rig.open("installation", "Whirl")) {
            assertThatThrownBy(() -> rig.openAs("invoker1", "installation", "whirl"))
                    .isInstanceOf(SandboxException.class)
                    .hasMessageContaining("whirl-functions-whirl is another installation's");
        }
    }

    @Test
    void aNetworkPolicyIsLeftToOthersIfTheySaySo() throws Exception {
        try (var _ = rig.open("network-policy", "none")) {
            assertThat(policies()).isEmpty();
        }
    }

    @Test
    void podsBelongToTheInvokersOwnPodIfThatIsThere() throws Exception {
        String self = rig.ownPod();
        try (KubernetesSandboxes sandboxes = rig.open("pod-name", self, "pod-uid", rig.uid(self));
                Probe probe = KubernetesRig.start(sandboxes)) {
            assertThat(rig.pods())
                    .filteredOn(each ->
                            each.getMetadata().getName().equals(probe.sandbox().id()))
                    .allSatisfy(each ->
                            assertThat(each.getMetadata().getOwnerReferences()).hasSize(1));
        }
        assertThatThrownBy(() -> rig.open("pod-name", self, "pod-uid", "another"))
                .hasMessageContaining("there is no pod " + self + " with the uid another");
    }

    @Test
    void stemCellsAreResizedWhereTheClusterCan() throws Exception {
        try (KubernetesSandboxes sandboxes = rig.open();
                Probe probe = KubernetesRig.start(sandboxes)) {
            assertThat(probe.sandbox().canResize()).isTrue();
        }
        rig.server().minor("33+");
        try (KubernetesSandboxes sandboxes = rig.open();
                Probe probe = KubernetesRig.start(sandboxes)) {
            assertThat(probe.sandbox().canResize()).isFalse();
        }
    }

    @Test
    void withoutTheAddressOfTheApiNothingIsStarted() {
        assertThatThrownBy(() -> rig.open("api-host", ""))
                .hasMessageContaining("sandbox.kubernetes.api-host must be named");
    }

    @Test
    void aContextOrFileThatIsNotThereIsNamedWithWhatIs() {
        assertThatThrownBy(() -> rig.open("context", "elsewhere"))
                .hasMessageContaining("has no context elsewhere; it has here");
        assertThatThrownBy(() -> rig.open("kubeconfig", "/nowhere/config"))
                .hasMessageContaining("/nowhere/config can't be read");
    }

    @Test
    void whereNoClusterAnswersThatIsSaid() {
        rig.server().down(true);

        assertThatThrownBy(() -> rig.open())
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("ask the API server for its version")
                .hasMessageContaining("503");
    }

    private List<NetworkPolicy> policies() {
        return rig.operator()
                .network()
                .v1()
                .networkPolicies()
                .inNamespace(ApiServer.NAMESPACE)
                .list()
                .getItems();
    }
}
