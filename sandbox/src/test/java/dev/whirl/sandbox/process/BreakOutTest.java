package dev.whirl.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.Sandbox.Condition;
import dev.whirl.sandbox.process.launch.UserIds;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Code that tries to get out of its sandbox, or at what belongs to others. The numbers are those of the list of
/// attacks that the platform must survive.
public class BreakOutTest {
    private static final long SERVER = ProcessHandle.current().pid();

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
    @Tag("attack-1")
    public void nobodyCanConnectToTheWireAgainAndSendAnInit() throws Exception {
        try (Probe probe = rig.start()) {
            assertThat(probe.result("{'do':'connect_again'}")).isIn("ENOENT", "ECONNREFUSED");
            assertThat(Probe.text(probe.init("{}"))).contains("more than once");
        }
    }

    @Test
    @Tag("attack-2")
    public void programsAndTheRuntimeItselfCannotBeOverwritten() throws Exception {
        try (Probe probe = rig.start()) {
            for (String path : new String[] {
                "/whirl/runtime/launcher.py",
                "/usr/bin/python3.11",
                "/etc/passwd",
                "/etc/new",
                "/new",
                "/whirl/wire/new"
            }) {
                assertThat(probe.result("{'do':'write_file','path':'" + path + "'}"))
                        .as(path)
                        .isIn("EROFS", "EACCES");
            }
        }
    }

    @Test
    @Tag("attack-3")
    @Tag("attack-7")
    public void filesOfOneSandboxAreNotThereInAnother() throws Exception {
        try (Probe one = rig.start();
                Probe other = rig.start()) {
            assertThat(one.result("{'do':'write_file','path':'/tmp/secret'}")).isEqualTo("ok");
            assertThat(one.result("{'do':'write_file','path':'/dev/shm/secret'}"))
                    .isEqualTo("ok");

            assertThat(other.result("{'do':'list_folder','path':'/tmp'}")).isEqualTo("[]");
            assertThat(other.result("{'do':'list_folder','path':'/dev/shm'}")).isEqualTo("[]");
        }
    }

    @Test
    @Tag("attack-4")
    public void aDaemonThatSurvivesTheReplyIsSeen() throws Exception {
        try (Probe probe = rig.start()) {
            assertThat(probe.sandbox().inspect()).isEqualTo(Condition.CLEAN);

            probe.answer("{'do':'daemonize'}");

            assertThat(probe.sandbox().inspect()).isEqualTo(Condition.LEFTOVERS);
        }
    }

    @Test
    @Tag("attack-4")
    public void aChildThatIsJustEndingIsNoLeftover() throws Exception {
        try (Probe probe = rig.start()) {
            probe.answer("{'do':'short_child'}");

            assertThat(probe.sandbox().inspect()).isEqualTo(Condition.CLEAN);
        }
    }

    @Test
    @Tag("attack-5")
    public void aChildThatKeepsTheSocketToAnswerLaterRunsIsSeenBeforeTheNextOne() throws Exception {
        try (Probe probe = rig.start()) {
            probe.answer("{'do':'child_with_socket'}");

            assertThat(probe.sandbox().inspect()).isEqualTo(Condition.LEFTOVERS);
        }
    }

    @Test
    @Tag("attack-5")
    public void anAnswerForARunThatIsStillToComeEndsTheSandbox() throws Exception {
        try (Probe probe = rig.start()) {
            probe.answer("{'do':'answer_later','seconds':0.05,'number':4}");

            Reply reply = probe.run("{'do':'sleep','seconds':5}");

            assertThat(reply).isInstanceOf(Reply.Died.class);
            assertThat(reply.toString()).contains("not in flight");
            assertThat(probe.sandbox().inspect()).isEqualTo(Condition.DEAD);
        }
    }

    @Test
    @Tag("attack-6")
    public void aForgedMarkDoesNotReachTheLogOfAnotherRun() throws Exception {
        try (Probe probe = rig.start()) {
            probe.answer("{'do':'marked','lines':[{'number':1,'text':'for the init'},{'number':77,'text':'forged'}]}");

            assertThat(probe.lines()).isEmpty();
        }
    }

    /// Both belong to one action of one namespace; else they would not share a sandbox.
    @Test
    @Tag("attack-6")
    public void aForgedMarkOfAnotherRunInFlightTakesNothingFromItsLog() throws Exception {
        ActivationId other = ActivationId.random();
        try (Probe probe = rig.start();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Reply> running = threads.submit(() -> probe.run(
                    other,
                    "{'do':'marked','inThread':true,'lines':[{'text':'begin'},{'text':'end','after':0.5}]}",
                    Probe.PATIENCE));
            while (!running.isDone()) {
                probe.answer("{'do':'marked','lines':[{'number':2,'text':'forged'},{'number':3,'text':'forged'},"
                        + "{'text':'own'}]}");
                assertThat(probe.lines()).endsWith("stdout: own").doesNotContain("stdout: begin", "stdout: end");
            }

            assertThat(running.get()).isInstanceOf(Reply.Answered.class);
            assertThat(probe.lines(other))
                    .filteredOn(line -> !line.equals("stdout: forged"))
                    .containsExactly("stdout: begin", "stdout: end");
        }
    }

    @Test
    @Tag("attack-6")
    public void theSentinelOfTheHttpContractIsTextLikeAnyOther() throws Exception {
        try (Probe probe = rig.start()) {
            probe.answer("{'do':'write','text':'XXX_THE_END_OF_A_WHISK_ACTIVATION_XXX\\nafter\\n'}");

            assertThat(probe.lines()).containsExactly("stdout: XXX_THE_END_OF_A_WHISK_ACTIVATION_XXX", "stdout: after");
        }
    }

    @Test
    @Tag("attack-7")
    public void nothingOfTheServerIsVisible() throws Exception {
        Path data = Files.createTempDirectory("whirl-data");
        Files.writeString(data.resolve("secret"), "secret");
        try (Probe probe = rig.start()) {
            for (String path : new String[] {
                "/proc/%d/environ".formatted(SERVER),
                "/proc/%d/mem".formatted(SERVER),
                data.resolve("secret").toString(),
                "/home",
                "/root",
                "/run",
                "/opt",
                "/sys",
                "/boot",
                "/etc/shadow",
                "/etc/ssl/private"
            }) {
                assertThat(probe.result("{'do':'read_file','path':'" + path + "'}"))
                        .as(path)
                        .isEqualTo("ENOENT");
            }
            assertThat(probe.answer("{'do':'environment'}"))
                    .doesNotContain("JAVA", "MAVEN")
                    .contains("__OW_API_HOST");
            assertThat(probe.result("{'do':'read_file','path':'/proc/1/environ'}"))
                    .doesNotContain("JAVA", "HOME", "PATH");
        } finally {
            Files.delete(data.resolve("secret"));
            Files.delete(data);
        }
    }

    @Test
    @Tag("attack-7")
    public void onlyProcessesOfTheSandboxAreVisible() throws Exception {
        try (Probe one = rig.start();
                Probe other = rig.start()) {
            String seen = one.answer("{'do':'processes'}");

            assertThat(Probe.field(seen, "1").toString()).contains(rig.forks() ? "parent.py" : "bwrap");
            assertThat(seen).doesNotContain("surefire", other.sandbox().id() + "/");
        }
    }

    @Test
    @Tag("attack-7")
    public void theServerCannotBeSignalled() throws Exception {
        Process bystander = new ProcessBuilder("sleep", "60").start();
        try (Probe neighbour = rig.start();
                Probe probe = rig.start()) {
            assertThat(probe.result("{'do':'kill','pid':%d,'signal':15}".formatted(SERVER)))
                    .isEqualTo("ESRCH");
            assertThat(probe.result("{'do':'kill','pid':%d,'signal':9}".formatted(bystander.pid())))
                    .isEqualTo("ESRCH");

            String answer = probe.answer(
                    "{'do':'reach_everybody','most':%d}".formatted(Math.max(SERVER, bystander.pid()) + 1_000));

            assertThat(answer).contains("\"taken\": []", "\"all\": \"ESRCH\"");
            assertThat(bystander.waitFor(100, TimeUnit.MILLISECONDS)).isFalse();
            neighbour.answer("{'do':'echo'}");
        } finally {
            bystander.destroyForcibly();
        }
    }

    @Test
    @Tag("attack-7")
    public void foldersOfTheServerThatLieBelowUsrAreCovered() throws Exception {
        try (Rig covering = Rig.openWith(List.of(Path.of("/usr/share/doc")));
                Probe probe = covering.start()) {
            assertThat(probe.result("{'do':'list_folder','path':'/usr/share/doc'}"))
                    .isEqualTo("[]");
            assertThat(probe.result("{'do':'write_file','path':'/usr/share/doc/new'}"))
                    .isIn("EROFS", "EACCES");
        }
        assertThat(Path.of("/usr/share/doc")).isNotEmptyDirectory();
    }

    @Test
    @Tag("attack-9")
    @Tag("attack-10")
    public void socketsOfThisMachineAreUnreachable() throws Exception {
        Path folder = Files.createTempDirectory("sock");
        Path socket = folder.resolve("docker.sock");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                Probe probe = rig.start()) {
            server.bind(UnixDomainSocketAddress.of(socket));
            for (String path : new String[] {socket.toString(), "/run/docker.sock", "/var/run/docker.sock"}) {
                assertThat(probe.result("{'do':'connect_unix','path':'" + path + "'}"))
                        .as(path)
                        .isEqualTo("ENOENT");
            }
            String folders = rig.config().runFolder().toString();
            assertThat(probe.result("{'do':'list_folder','path':'" + folders + "'}"))
                    .isEqualTo("ENOENT");
        } finally {
            Files.deleteIfExists(socket);
            Files.delete(folder);
        }
    }

    @Test
    @Tag("attack-10")
    @Tag("attack-11")
    public void withoutNetworkNothingCanBeReached() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Rig isolated = Rig.open("network", "none");
                Probe probe = isolated.start()) {
            for (String host : new String[] {"127.0.0.1", "169.254.169.254", "192.0.2.1"}) {
                assertThat(probe.result(
                                "{'do':'connect_tcp','host':'%s','port':%d}".formatted(host, server.getLocalPort())))
                        .as(host)
                        .isIn("ENETUNREACH", "ECONNREFUSED");
            }
        }
    }

    @Test
    @Tag("attack-23")
    public void codeThatSpinsAndIgnoresSignalsIsEndedAfterItsTime() throws Exception {
        Probe probe = rig.start();
        Reply reply = probe.run("{'do':'spin'}", Duration.ofMillis(300));

        assertThat(reply).isEqualTo(new Reply.TimedOut());

        long start = System.nanoTime();
        probe.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(probe.run("{'do':'echo'}")).isInstanceOf(Reply.NotReached.class);
        rig.serves();
    }

    @Test
    @Tag("attack-24")
    public void anInitThatNeverEndsIsEndedAfterItsTime() throws Exception {
        try (Probe probe = rig.startCold(ByteSize.mebibytes(256))) {
            assertThat(probe.init("{'do':'spin'}", Duration.ofMillis(300))).isEqualTo(new Reply.TimedOut());
        }
        rig.serves();
    }

    @Test
    @Tag("attack-8")
    public void theKernelSeesAnotherUserInEachSandboxOfARootServer() throws Exception {
        try (Probe one = rig.start();
                Probe other = rig.start()) {
            int first = user(one);
            int second = user(other);

            if (UserIds.ofThisProcess().isAvailable()) {
                assertThat(first).isNotEqualTo(second).isGreaterThan(1_000_000_000);
            } else {
                assertThat(first).isEqualTo((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
            }
        }
    }

    /// The owner of its processes, as the machine sees them.
    private static int user(Probe probe) throws Exception {
        Set<Long> processes = ((ProcessSandbox) probe.sandbox()).group().processes();
        Set<Object> owners = new HashSet<>();
        for (long pid : processes) {
            owners.add(Files.getAttribute(Path.of("/proc/" + pid), "unix:uid"));
        }
        assertThat(owners).hasSize(1);
        return (int) owners.iterator().next();
    }
}
