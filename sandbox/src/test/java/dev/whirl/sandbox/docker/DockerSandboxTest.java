package dev.whirl.sandbox.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.Reply.Died.Cause;
import dev.whirl.sandbox.RuntimeReadiness;
import dev.whirl.sandbox.Sandbox.Condition;
import dev.whirl.sandbox.SandboxContract;
import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.SandboxSpec;
import dev.whirl.sandbox.http.OrphanSweep;
import dev.whirl.sandbox.process.Probe;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The port's promises, kept with containers of a real engine.
@Tag("I-24")
class DockerSandboxTest extends SandboxContract {
    @SuppressWarnings("NullAway.Init")
    private static DockerRig rig;

    @BeforeAll
    static void open() throws Exception {
        rig = DockerRig.open();
    }

    @AfterAll
    static void close() {
        if (rig != null) {
            rig.close();
        }
    }

    @Override
    protected Probe startCold(ByteSize memory) throws Exception {
        return rig.startCold(memory);
    }

    @Test
    void readinessSaysWhichImagesAreHereAndWhatToDoAboutOthers() {
        List<RuntimeReadiness> all = rig.sandboxes().readiness();

        assertThat(all).contains(new RuntimeReadiness("probe:1", true, "image whirl-test/probe:1"));
        assertThat(all).contains(new RuntimeReadiness("gone:1", false, "needs: docker pull whirl-test/gone:1"));
        assertThat(all)
                .anyMatch(each -> each.runtime().equals("blackbox")
                        && each.isReady()
                        && each.explanation().startsWith("Docker "));
    }

    @Test
    @Tag("K-25")
    void aRuntimeWhoseImageIsNotHereIsThePlatformsAffair() {
        assertThatThrownBy(() -> rig.sandboxes()
                        .start(new SandboxSpec("gone:1", "whirl-test/gone:1", ByteSize.mebibytes(64), "x")))
                .isInstanceOfSatisfying(
                        SandboxException.class, e -> assertThat(e.forUser()).isEmpty())
                .hasMessageContaining("docker pull whirl-test/gone:1");
    }

    @Test
    @Tag("K-16")
    void theEndOfAnActivationsOutputIsNoLineOfIt() throws Exception {
        try (Probe probe = rig.start()) {
            probe.answer("{'do':'write','text':'one\\ntwo, without an end'}");

            assertThat(probe.lines()).containsExactly("stdout: one", "stdout: two, without an end");
            assertThat(probe.logs().lines()).isEmpty();
        }
    }

    @Test
    @Tag("K-15")
    @Tag("attack-19")
    void whoTakesMoreMemoryThanItsLimitDiesOfThat() throws Exception {
        try (Probe probe = rig.startCold(ByteSize.mebibytes(128))) {
            probe.init("{}");

            Reply reply = probe.run("{'do':'allocate','mebibytes':2000,'holdSeconds':2}");

            assertThat(reply).isInstanceOf(Reply.Died.class);
            assertThat(((Reply.Died) reply).cause()).isEqualTo(Cause.OUT_OF_MEMORY);
        }
    }

    @Test
    @Tag("K-15")
    @Tag("attack-19")
    void aChildThatTakesTooMuchMemoryCountsAsTheRun() throws Exception {
        try (Probe probe = rig.startCold(ByteSize.mebibytes(128))) {
            probe.init("{}");

            Reply reply = probe.run("{'do':'allocate_in_child','mebibytes':2000,'holdSeconds':2}");

            assertThat(reply).isInstanceOf(Reply.Died.class);
            assertThat(((Reply.Died) reply).cause()).isEqualTo(Cause.OUT_OF_MEMORY);
        }
    }

    @Test
    @Tag("attack-4")
    @Tag("attack-5")
    void aProcessThatOutlivesItsRunIsFound() throws Exception {
        try (Probe probe = rig.start()) {
            probe.answer("{'do':'short_child'}");
            assertThat(probe.sandbox().inspect()).isEqualTo(Condition.CLEAN);

            probe.answer("{'do':'daemonize'}");

            assertThat(probe.sandbox().inspect()).isEqualTo(Condition.LEFTOVERS);
        }
    }

    /// The engine gives the first address that is free.
    @Test
    @Tag("attack-1")
    @Tag("attack-9")
    void whoGetsTheAddressOfADeadContainerGetsNoneOfItsActivations() throws Exception {
        try (Probe dead = rig.start()) {
            dead.answer("{'do':'echo'}");
            InetSocketAddress address = address(dead);
            rig.engine().remove(((DockerSandbox) dead.sandbox()).container());
            try (Probe heir = rig.start()) {
                assertThat(address(heir)).isEqualTo(address);

                assertThat(dead.run("{'do':'echo','secret':1}")).isInstanceOf(Reply.NotReached.class);

                assertThat(dead.sandbox().inspect()).isEqualTo(Condition.DEAD);
                heir.answer("{'do':'echo'}");
            }
        }
    }

    private static InetSocketAddress address(Probe of) throws Exception {
        String network = new ContainerLabels(DockerRig.INSTALLATION + 0).shortName();
        String id = ((DockerSandbox) of.sandbox()).container();
        return rig.engine().inspect(id, network).address().orElseThrow();
    }

    @Test
    void aContainerWhoseOutputEndsIsUsedNoMore() throws Exception {
        try (Probe probe = rig.start()) {
            docker("kill", ((DockerSandbox) probe.sandbox()).container());

            await().atMost(Duration.ofSeconds(5)).until(() -> probe.sandbox().inspect() == Condition.DEAD);

            assertThat(probe.run("{'do':'echo'}")).isEqualTo(new Reply.NotReached("the container is gone"));
        }
    }

    @Test
    void aPausedContainerDoesNothingUntilItIsResumed() throws Exception {
        try (Probe probe = rig.start()) {
            probe.sandbox().pause();
            assertThat(probe.run("{'do':'echo'}", Duration.ofMillis(200))).isEqualTo(new Reply.TimedOut());
            probe.sandbox().resume();

            probe.answer("{'do':'echo'}");

            probe.sandbox().pause();
        } // a paused one can be closed
    }

    @Test
    void whatAnEarlierServerLeftIsRemovedAtTheStartAndNothingElse() throws Exception {
        Probe other = rig.start();
        DockerRig dead = DockerRig.openAs("dead-server");
        String left = ((DockerSandbox) dead.start().sandbox()).container(); // and it never closes

        try (DockerRig next = DockerRig.openAs("dead-server")) {
            next.serves();

            assertThat(rig.engine().withLabel(ContainerLabels.INSTALLATION, "dead-server"))
                    .doesNotContain(left);
            other.answer("{'do':'echo'}");
        } finally {
            other.close();
        }
    }

    @Test
    void aContainerThatNobodyKnowsIsRemovedInTheSecondLook() throws Exception {
        var labels = new ContainerLabels(DockerRig.INSTALLATION + 0);
        try (Probe probe = rig.start()) {
            String known = ((DockerSandbox) probe.sandbox()).container();
            var watch = new OrphanSweep<>(new UnknownContainers(rig.engine(), labels, Set::of));
            var careful = new OrphanSweep<>(new UnknownContainers(rig.engine(), labels, () -> Set.of(known)));

            assertThat(careful.look()).isZero();
            assertThat(careful.look()).isZero();
            assertThat(watch.look()).isZero();
            assertThat(watch.look()).isPositive();

            assertThat(rig.engine().withLabel(ContainerLabels.INSTALLATION, labels.installation()))
                    .doesNotContain(known);
        }
    }

    @Test
    void closingTwiceIsClosingOnceAndLeavesNothing() throws Exception {
        Probe probe = rig.start();
        String id = ((DockerSandbox) probe.sandbox()).container();
        probe.answer("{'do':'daemonize'}");

        probe.close();
        probe.close();

        await().atMost(Duration.ofSeconds(5))
                .until(() -> !rig.engine()
                        .withLabel(ContainerLabels.INSTALLATION, DockerRig.INSTALLATION + 0)
                        .contains(id));
    }

    @Test
    void aRuntimeThatTheEngineDoesNotKnowIsRefusedWithWhatItKnows() {
        assertThatThrownBy(() -> DockerRig.open("runtime", "runsc"))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("does not know runsc")
                .hasMessageContaining("runc");
    }

    @Test
    @Tag("attack-9")
    void aNetworkOfOursThatIsOpenIsReplacedAndAnothersIsNotTouched() throws Exception {
        var labels = new ContainerLabels("open-network");
        docker("network", "create", "--label", ContainerLabels.INSTALLATION + "=open-network", labels.shortName());
        try (DockerRig replaced = DockerRig.openAs("open-network")) {
            replaced.serves();
            assertThat(docker("network", "inspect", labels.shortName())).contains("enable_icc\": \"false");
        }
        docker("network", "create", labels.shortName());
        try {
            assertThatThrownBy(() -> DockerRig.openAs("open-network"))
                    .hasMessageContaining("docker network rm " + labels.shortName());
        } finally {
            docker("network", "rm", labels.shortName());
        }
    }

    private static String docker(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("docker", "-H", "unix://" + TestEngine.socket()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    void whereNoEngineAnswersThatIsSaid() {
        assertThatThrownBy(() -> DockerRig.open("socket", "/nowhere/docker.sock"))
                .hasMessageContaining("the Docker engine can't be reached at /nowhere/docker.sock");
    }
}
