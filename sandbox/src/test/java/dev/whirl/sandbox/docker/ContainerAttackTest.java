package dev.whirl.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.CollectedLogs.Line;
import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.SandboxSpec;
import dev.whirl.sandbox.docker.engine.ContainerState;
import dev.whirl.sandbox.process.Probe;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Code in a container that tries to get out, at what belongs to others, or at the server that waits for its answer.
class ContainerAttackTest {
    /// What the test runtime says of a connection.
    private static final String CONNECTED = "None";

    /// The same of one that a filter forbids.
    private static final String FORBIDDEN = "EHOSTUNREACH";

    private static final Duration SHORTLY = Duration.ofMillis(700);

    @SuppressWarnings("NullAway.Init")
    private static DockerRig rig;

    @SuppressWarnings("NullAway.Init")
    private static Probe probe;

    @BeforeAll
    static void open() throws Exception {
        rig = DockerRig.open("pids", "64", "open-files", "256");
        probe = rig.start();
    }

    @AfterAll
    static void close() {
        if (rig != null) {
            rig.close();
        }
    }

    @Test
    @Tag("attack-1")
    @Tag("attack-9")
    void anotherContainerCannotBeReachedAndGivenOtherCode() throws Exception {
        try (Probe neighbour = rig.start()) {
            String address = address(neighbour);

            assertThat(connect(address, 8080)).isNotEqualTo(CONNECTED);
            assertThat(Probe.text(neighbour.init("{}"))).contains("more than once");
        }
    }

    @Test
    @Tag("attack-10")
    void ofThisMachineOnlyTheApiIsReached() throws Exception {
        String gateway = gateway();
        try (var socket = new ServerSocket(0, 5, InetAddress.getByName(gateway))) {
            assertThat(connect(gateway, socket.getLocalPort())).isEqualTo(FORBIDDEN);
        }
        try (var _ = new ServerSocket(3233, 5, InetAddress.getByName(gateway))) {
            assertThat(connect(gateway, 3233)).isEqualTo(CONNECTED);
        }
    }

    @Test
    @Tag("attack-11")
    void metadataAndPrivateNetworksAreNotReached() throws Exception {
        for (String address : new String[] {"169.254.169.254", "100.100.100.200", "192.168.0.1", "10.0.0.1"}) {
            assertThat(connect(address, 80)).as(address).isEqualTo(FORBIDDEN);
        }
    }

    @Test
    @Tag("attack-10")
    void theEnginesSocketIsNotThere() throws Exception {
        for (String path : new String[] {
            "/run/docker.sock",
            "/var/run/docker.sock",
            rig.config().engine().socket().toString()
        }) {
            assertThat(probe.result("{'do':'connect_unix','path':'" + path + "'}"))
                    .as(path)
                    .isEqualTo("ENOENT");
        }
    }

    @Test
    @Tag("attack-8")
    @Tag("attack-12")
    @Tag("K-24")
    void nothingIsLeftOfThePowersOfRoot() throws Exception {
        String status = Probe.field(probe.answer("{'do':'identity'}"), "status")
                .asText()
                .orElseThrow();

        assertThat(status)
                .contains("CapEff:\t0000000000000000", "CapBnd:\t0000000000000000", "NoNewPrivs:\t1", "Seccomp:\t2");
        assertThat(probe.result("{'do':'read_file','path':'/proc/kcore'}")).isNotEqualTo("ok");
        assertThat(probe.result("{'do':'write_file','path':'/proc/sys/kernel/core_pattern'}"))
                .isIn("EROFS", "EACCES", "EPERM");
    }

    @Test
    @Tag("attack-18")
    void aForkBombIsBoundedAndEndedWithItsContainer() throws Exception {
        Probe bomb = rig.start();
        String body = bomb.answer("{'do':'fork_bomb'}");

        assertThat(Probe.field(body, "error").toString()).contains("EAGAIN");
        assertThat(Probe.field(body, "children").asWholeNumber().orElseThrow()).isLessThan(64L);
        bomb.close();
        assertThat(probe.answer("{'do':'echo','x':1}")).contains("\"x\": 1");
    }

    @Test
    @Tag("attack-21")
    void openFilesAreBounded() throws Exception {
        assertThat(Probe.field(probe.answer("{'do':'open_files'}"), "opened")
                        .asWholeNumber()
                        .orElseThrow())
                .isLessThan(256L);
    }

    @Test
    @Tag("attack-22")
    void aFloodOfOutputIsCutAtItsLimit() throws Exception {
        probe.logLimit(ByteSize.kibibytes(100));
        try {
            probe.answer("{'do':'flood','seconds':0.3,'times':500}");

            assertThat(probe.logs().isTruncated()).isTrue();
        } finally {
            probe.logLimit(ByteSize.mebibytes(1));
        }
    }

    @Test
    @Tag("attack-6")
    void aForgedEndMixesUpNoLogsOnceNothingIsInFlight() throws Exception {
        try (Probe forger = rig.start()) {
            forger.answer("{'do':'end_lines'}");
            forger.logs();

            forger.answer("{'do':'write','text':'mine\\n'}");

            assertThat(forger.logs().lines()).extracting(Line::text).containsExactly("mine");
        }
    }

    @Test
    @Tag("attack-23")
    @Tag("attack-24")
    void codeThatNeverAnswersIsLeftAfterItsTime() throws Exception {
        try (Probe hanging = rig.start()) {
            assertThat(hanging.run("{'do':'spin'}", SHORTLY)).isEqualTo(new Reply.TimedOut());
        }
        try (Probe hanging = rig.startCold(ByteSize.mebibytes(128))) {
            assertThat(hanging.init("{'do':'sleep','seconds':60}", SHORTLY)).isEqualTo(new Reply.TimedOut());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"huge", "endless"})
    @Tag("attack-25")
    void ofAnAnswerWithoutMeasureTheBeginningIsKept(String kind) throws Exception {
        long before = Runtime.getRuntime().totalMemory();

        Reply reply = probe.run("{'http':'" + kind + "'}");

        var answered = (Reply.Answered) reply;
        assertThat(answered.isTruncated()).isTrue();
        assertThat(answered.body()).hasSize(1 << 20);
        assertThat(Runtime.getRuntime().totalMemory() - before).isLessThan(256L << 20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"drip", "endless_headers"})
    @Tag("attack-25")
    void anAnswerThatTakesForeverIsLeftOrRefused(String kind) throws Exception {
        try (Probe other = rig.start()) {
            assertThat(other.run("{'http':'" + kind + "'}", SHORTLY))
                    .isInstanceOfAny(Reply.TimedOut.class, Reply.Died.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"chunked", "unsized"})
    @Tag("K-12")
    void anAnswerWithoutALengthIsOneToo(String kind) throws Exception {
        try (Probe other = rig.start()) {
            assertThat(Probe.text(other.run("{'http':'" + kind + "'}"))).isEqualTo("{\"a\":1}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "short"})
    void whatIsNoAnswerEndsTheSandbox(String kind) throws Exception {
        try (Probe other = rig.start()) {
            assertThat(other.run("{'http':'" + kind + "'}")).isInstanceOf(Reply.Died.class);
            assertThat(other.run("{'do':'echo'}")).isInstanceOf(Reply.NotReached.class);
        }
    }

    @Test
    @Tag("attack-20")
    void whereTheImageAllowsItNothingButTmpCanBeWrittenAndThatIsBounded() throws Exception {
        var spec = new SandboxSpec("nodejs:20", "whirl-test/nodejs:20", ByteSize.mebibytes(512), "node");
        try (Probe node = new Probe(rig.sandboxes().start(spec))) {
            node.init("{'code':'const fs=require(`fs`);const t=(f)=>{try{f();return `ok`}catch(e){return"
                    + " e.code}};function main(){return {root:t(()=>fs.writeFileSync(`/new`,`x`)),"
                    + "own:t(()=>fs.writeFileSync(`/whirl/runtime/launcher.js`,`x`)),"
                    + "tmp:t(()=>fs.writeFileSync(`/tmp/new`,`x`)),fill:t(()=>{for(let"
                    + " i=0;i<20;i++)fs.appendFileSync(`/tmp/fill`,Buffer.alloc(10<<20))}),uid:process.getuid()}}'}");

            assertThat(node.answer("{}"))
                    .isEqualTo(
                            "{\"root\":\"EROFS\",\"own\":\"EROFS\",\"tmp\":\"ok\",\"fill\":\"ENOSPC\",\"uid\":65534}");
        }
    }

    private static String connect(String address, int port) throws Exception {
        return probe.result("{'do':'connect_tcp','host':'%s','port':%d}".formatted(address, port));
    }

    private static String address(Probe of) throws Exception {
        return state(of).address().orElseThrow().getHostString();
    }

    private static ContainerState state(Probe of) throws Exception {
        String network = new ContainerLabels(DockerRig.INSTALLATION + 4).shortName();
        return rig.engine().inspect(((DockerSandbox) of.sandbox()).container(), network);
    }

    private static String gateway() throws Exception {
        String environment = probe.answer("{'do':'environment'}");
        return Objects.requireNonNull(java.net
                .URI
                .create(Probe.field(environment, "__OW_API_HOST").asText().orElseThrow())
                .getHost());
    }
}
