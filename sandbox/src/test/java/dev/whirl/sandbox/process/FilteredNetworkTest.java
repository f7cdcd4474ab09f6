package dev.whirl.sandbox.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.Sandbox;
import dev.whirl.sandbox.process.system.Landlock;
import dev.whirl.sandbox.process.system.ProcessTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A filtered network, with services on this machine that functions try to reach.
public class FilteredNetworkTest {
    private static final String HOST = "10.0.2.2";
    private static final String FORBIDDEN = "EPERM";

    private static Rig rig;
    private static ServerSocket api;
    private static ServerSocket other;

    @BeforeAll
    public static void open() throws Exception {
        api = service("api");
        other = service("other");
        rig = Rig.open("network", "filtered", "api-host", "http://localhost:" + api.getLocalPort());
    }

    @AfterAll
    public static void close() throws IOException {
        rig.close();
        api.close();
        other.close();
    }

    /// Listens on all addresses, and answers each caller with that name.
    private static ServerSocket service(String name) throws IOException {
        var server = new ServerSocket(0, 2_000, InetAddress.getByName("0.0.0.0"));
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                answer(server, name);
            }
        });
        return server;
    }

    private static void answer(ServerSocket server, String name) {
        try (Socket socket = server.accept()) {
            socket.setSoTimeout(5_000);
            if (socket.getInputStream().readNBytes("hello\n".length()).length > 0) {
                socket.getOutputStream().write((name + "\n").getBytes(UTF_8));
            }
        } catch (IOException e) {
            assertThat(e).isNotNull(); // that caller gets no answer, or the test is over
        }
    }

    @Test
    public void theApiIsReachedAtTheAddressThatFunctionsAreTold() throws Exception {
        try (Probe probe = rig.start()) {
            String told = Probe.field(probe.answer("{'do':'environment'}"), "__OW_API_HOST")
                    .asText()
                    .orElseThrow();

            assertThat(told).isEqualTo("http://%s:%d".formatted(HOST, api.getLocalPort()));
            assertThat(probe.result("{'do':'exchange','host':'%s','port':%d,'text':'hello'}"
                            .formatted(HOST, api.getLocalPort())))
                    .isEqualTo("api\n");
        }
    }

    @Test
    @Tag("attack-10")
    @Tag("attack-11")
    public void nothingElseOfThisMachineIsReached() throws Exception {
        try (Probe probe = rig.start()) {
            assertForbidden(probe, HOST, other.getLocalPort());
            assertForbidden(probe, "10.0.2.3", other.getLocalPort());
            for (String own : ownAddresses()) {
                assertForbidden(probe, own, other.getLocalPort());
                assertForbidden(probe, own, api.getLocalPort());
            }
            assertThat(tcp(probe, "127.0.0.1", other.getLocalPort(), "")).isEqualTo("ECONNREFUSED");
            assertThat(tcp(probe, "127.0.0.1", other.getLocalPort(), ",'device':'tap0'"))
                    .isEqualTo(FORBIDDEN);
            assertThat(tcp(probe, "::1", other.getLocalPort(), "")).isEqualTo("ECONNREFUSED");
        }
    }

    @Test
    @Tag("attack-11")
    public void metadataAndNeighboursAreNotReached() throws Exception {
        try (Probe probe = rig.start()) {
            for (String address : new String[] {
                "169.254.169.254",
                "100.100.100.200",
                "168.63.129.16",
                "192.0.0.192",
                "10.0.2.4",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "::ffff:169.254.169.254"
            }) {
                assertForbidden(probe, address, 80);
            }
            for (String group : new String[] {"224.0.0.251", "239.255.255.250", "255.255.255.255"}) {
                assertThat(udp(probe, group, "")).as(group).isEqualTo(FORBIDDEN);
                assertThat(udp(probe, group, ",'device':'tap0'")).as(group).isEqualTo(FORBIDDEN);
            }
            assertThat(udp(probe, "169.254.169.254", ",'first':'10.0.2.3','firstPort':53"))
                    .isEqualTo(FORBIDDEN);
            assertThat(tcp(probe, "2001:db8::1", 80, "")).isIn(FORBIDDEN, "ENETUNREACH");
            assertThat(tcp(probe, "fd00:ec2::254", 80, ",'device':'tap0'")).isIn(FORBIDDEN, "ENETUNREACH");
        }
    }

    @Test
    @Tag("attack-11")
    public void theRulesCannotBeChangedFromWithin() throws Exception {
        int xfrm = 6;
        int flushPolicies = 0x1d;
        int route = 0;
        int deleteRoute = 25;
        try (Probe probe = rig.start()) {
            assertThat(Probe.text(probe.run(change(xfrm, flushPolicies, "00000000"))))
                    .isNotEmpty()
                    .doesNotContain("\"ok\"");
            assertThat(probe.result(change(route, deleteRoute, "020000000000000000000000")))
                    .isEqualTo(FORBIDDEN);
            assertThat(probe.result("{'do':'except_from_policy'}")).isEqualTo(FORBIDDEN);
            assertForbidden(probe, "169.254.169.254", 80);
        }
    }

    @Test
    public void theOutsideIsReachedThroughTheGateway() throws Exception {
        try (Rig open = Rig.open("network", "filtered", "network-deny", "");
                Probe probe = open.start()) {
            // nobody is there, so what comes is the network's answer or nothing, but not a refusal of the rules
            assertThat(tcp(probe, "192.0.2.1", 9, "")).isNotEqualTo(FORBIDDEN);
            assertThat(tcp(probe, "10.255.255.1", 9, "")).isNotEqualTo(FORBIDDEN);
        }
    }

    @Test
    public void namesAreAskedFromTheMachinesServer() throws Exception {
        try (Probe probe = rig.start()) {
            assertThat(probe.result("{'do':'read_file','path':'/etc/resolv.conf'}"))
                    .contains("nameserver 10.0.2.3")
                    .doesNotContain("127.0.0");
            assertThat(udp(probe, "10.0.2.3", "")).isEqualTo(FORBIDDEN);
            assertThat(probe.result("{'do':'send_udp','host':'10.0.2.3','port':53}"))
                    .isEqualTo("1");
        }
    }

    @Test
    @Tag("attack-10")
    public void abstractSocketsOfThisMachineAreUnreachable() throws Exception {
        try (Probe probe = rig.start()) {
            assertThat(connectToAbstractSocket(probe)).isEqualTo("ECONNREFUSED");
        }
    }

    @Test
    @Tag("attack-10")
    public void abstractSocketsAreUnreachableInASharedNetworkWhereTheKernelHasLandlock() throws Exception {
        try (Rig shared = Rig.open("network", "host");
                Probe probe = shared.start()) {
            assertThat(connectToAbstractSocket(probe)).isEqualTo(Landlock.hasScopes() ? FORBIDDEN : "None");
        }
    }

    private static String connectToAbstractSocket(Probe probe) throws Exception {
        String name = "whirl-test-" + System.nanoTime();
        Process listener = new ProcessBuilder(
                        "python3",
                        "-c",
                        "import socket,sys;s=socket.socket(socket.AF_UNIX);s.bind('\\0'+sys.argv[1]);s.listen();"
                                + "print('ready',flush=True);sys.stdin.read()",
                        name)
                .start();
        try {
            assertThat(listener.inputReader(UTF_8).readLine()).isEqualTo("ready");
            return probe.result("{'do':'connect_unix','path':'\\u0000%s'}".formatted(name));
        } finally {
            listener.destroyForcibly();
        }
    }

    @Test
    @Tag("attack-7")
    @Tag("attack-9")
    public void whatCarriesThePacketsIsOutOfSightAndHarmless() throws Exception {
        try (Probe probe = rig.start()) {
            long carrier = carrier(probe);

            assertThat(probe.answer("{'do':'processes'}")).doesNotContain("slirp");
            assertThat(probe.result("{'do':'list_folder','path':'/proc/self/fd'}"))
                    .doesNotContain("5", "6");
            String status = Files.readString(Path.of("/proc/" + carrier + "/status"));
            assertThat(status).containsPattern("Seccomp:\\s+2").containsPattern("NoNewPrivs:\\s+1");
        }
    }

    @Test
    @Tag("attack-43")
    public void whatCarriesThePacketsEndsWithTheSandbox() throws Exception {
        Probe closed = rig.start();
        long first = carrier(closed);
        closed.close();
        assertGone(first);

        try (Probe left = rig.start()) {
            long second = carrier(left);
            left.run("{'do':'leave'}");
            assertGone(second);
        }
    }

    @Test
    @Tag("attack-43")
    public void nothingOfASandboxStaysWhenItsFirstProcessIsKilled() throws Exception {
        try (Probe probe = rig.start()) {
            Set<Long> all = processes(probe);
            long carrier = carrier(probe);
            long first = parent(parent(carrier));
            ProcessHandle.of(first).orElseThrow().destroyForcibly();

            all.forEach(FilteredNetworkTest::assertGone);
        }
    }

    @Test
    @Tag("attack-43")
    void whatCarriesThePacketsDiesWithTheServer() throws Exception {
        Process server = OtherServer.start(
                List.of(), System.getProperty("java.class.path"), DyingServer.class.getName(), "networked");
        OtherServer.awaitLine(server, "ready", Duration.ofMinutes(1));
        List<Long> all = ProcessTable.read().tree(server.pid()).stream()
                .map(ProcessTable.Entry::pid)
                .filter(pid -> pid != server.pid())
                .toList();
        assertThat(all.stream().map(FilteredNetworkTest::name)).contains("slirp4netns");

        server.destroyForcibly().waitFor();

        all.forEach(FilteredNetworkTest::assertGone);
    }

    /// Runs after that would fail for no fault of theirs.
    @Test
    public void aSandboxThatLostItsNetworkIsDead() throws Exception {
        try (Probe probe = rig.start()) {
            ProcessHandle.of(carrier(probe)).orElseThrow().destroyForcibly();

            await().atMost(Duration.ofSeconds(5)).until(() -> probe.sandbox().inspect() == Sandbox.Condition.DEAD);
            assertThat(probe.run("{'do':'echo'}")).isInstanceOf(Reply.NotReached.class);
        }
    }

    @Test
    public void manyConnectionsAtATimeLeaveTheNetworkWorking() throws Exception {
        try (Probe probe = rig.start()) {
            String times = probe.sandbox().canPause() ? "900" : "200"; // fewer open files without control groups
            String hold = "{'do':'connect_often','host':'%s','port':%d,'times':%s}";
            assertThat(probe.result(hold.formatted(HOST, api.getLocalPort(), times)))
                    .isEqualTo(times);
            assertThat(probe.result(hold.formatted(HOST, api.getLocalPort(), times)))
                    .isEqualTo(times);
        }
    }

    @Test
    public void aSandboxWithANetworkIsCleanAfterARun() throws Exception {
        try (Probe probe = rig.start()) {
            probe.answer("{'do':'echo'}");

            assertThat(probe.sandbox().inspect()).isEqualTo(Sandbox.Condition.CLEAN);
        }
    }

    @Test
    public void theNetworkIsPausedAndResumedWithItsSandbox() throws Exception {
        try (Probe probe = rig.start()) {
            if (probe.sandbox().canPause()) {
                probe.sandbox().pause();
                probe.sandbox().resume();
            }

            assertThat(probe.result("{'do':'exchange','host':'%s','port':%d,'text':'hello'}"
                            .formatted(HOST, api.getLocalPort())))
                    .isEqualTo("api\n");
        }
    }

    private static void assertForbidden(Probe probe, String host, int port) throws Exception {
        assertThat(tcp(probe, host, port, "")).as(host).isEqualTo(FORBIDDEN);
        assertThat(tcp(probe, host, port, ",'device':'tap0'"))
                .as(host + " through the device")
                .isEqualTo(FORBIDDEN);
    }

    private static String tcp(Probe probe, String host, int port, String more) throws Exception {
        return probe.result("{'do':'connect_tcp','host':'%s','port':%d%s}".formatted(host, port, more));
    }

    private static String udp(Probe probe, String host, String more) throws Exception {
        return probe.result("{'do':'send_udp','host':'%s','port':5353%s}".formatted(host, more));
    }

    private static String change(int protocol, int type, String body) {
        return "{'do':'change_network','protocol':%d,'type':%d,'body':'%s'}".formatted(protocol, type, body);
    }

    private static List<String> ownAddresses() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof java.net.Inet4Address && !address.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .toList();
    }

    private static Set<Long> processes(Probe probe) {
        return ((ProcessSandbox) probe.sandbox()).group().processes();
    }

    private static long carrier(Probe probe) {
        return processes(probe).stream()
                .filter(pid -> name(pid).equals("slirp4netns"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no process carries packets"));
    }

    private static long parent(long pid) {
        return ProcessTable.entry(pid).orElseThrow().parent();
    }

    private static String name(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/comm")).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static void assertGone(long pid) {
        await().atMost(Duration.ofSeconds(5))
                .until(() -> ProcessTable.entry(pid).isEmpty());
    }
}
