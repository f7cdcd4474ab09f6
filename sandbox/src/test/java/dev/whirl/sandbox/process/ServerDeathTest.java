package dev.whirl.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.sandbox.process.limit.ControlGroups;
import dev.whirl.sandbox.process.system.ProcessTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerDeathTest {
    private static final String[] NO_SETTINGS = {};
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int ROUNDS = 3;

    @ParameterizedTest
    @ValueSource(strings = {"leaving", "forked"})
    @Tag("attack-43")
    void sandboxesDieWithTheirServerAndTheNextOneRemovesTheirTraces(String activity) throws Exception {
        Process server = server(activity);
        List<Long> processes = processes(server.pid());
        assertThat(processes).hasSizeGreaterThanOrEqualTo(4);

        server.destroyForcibly().waitFor();

        await().atMost(PATIENCE).until(() -> processes.stream().noneMatch(ServerDeathTest::isThere));
        assertThat(traces(traceOf(server))).isNotEmpty();
        try (Rig next = Rig.open()) {
            next.serves();
            assertThat(traces(traceOf(server))).isEmpty();
        }
    }

    /// With control groups of version 1 what is frozen can't even die, so that the next server has to thaw it.
    @Test
    @Tag("attack-43")
    void ofAPausedSandboxNothingIsLeftOnceTheNextServerRuns() throws Exception {
        Process server = server("paused");
        List<Long> processes = processes(server.pid());
        assertThat(processes).hasSizeGreaterThanOrEqualTo(2);

        server.destroyForcibly().waitFor();

        try (Rig next = Rig.open()) {
            await().atMost(PATIENCE).until(() -> processes.stream().noneMatch(ServerDeathTest::isThere));
            assertThat(traces(traceOf(server))).isEmpty();
            assertThat(named(traceOf(server))).isEmpty();
            next.serves();
        }
    }

    @Test
    @Tag("attack-43")
    void ofSandboxesThatWereJustStartingNothingIsLeft() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Process server = server("starting");
            String trace = traceOf(server);
            await().atMost(PATIENCE).until(() -> named(trace).size() > 2);

            server.destroyForcibly().waitFor();

            Rig.open().close(); // what the server had frozen to kill it is thawed
            await().atMost(PATIENCE).until(() -> named(trace).isEmpty());
            assertThat(traces(trace)).isEmpty();
        }
    }

    private static Process server(String activity) throws Exception {
        Process server = OtherServer.start(
                List.of(), System.getProperty("java.class.path"), DyingServer.class.getName(), activity);
        OtherServer.awaitLine(server, "ready", Duration.ofMinutes(1));
        return server;
    }

    private static String traceOf(Process server) {
        return "whirl-" + server.pid() + "-";
    }

    private static boolean isThere(long pid) {
        return ProcessTable.entry(pid).isPresent();
    }

    /// Processes whose command lines have that in them.
    private static List<ProcessHandle> named(String text) {
        return ProcessHandle.allProcesses()
                .filter(process -> commandLine(process).contains(text))
                .toList();
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private static List<Long> processes(long server) {
        return ProcessTable.read().tree(server).stream()
                .map(ProcessTable.Entry::pid)
                .filter(pid -> pid != server)
                .toList();
    }

    /// Folders of that server, among run folders and control groups.
    private static List<Path> traces(String prefix) throws IOException {
        var places = new ArrayList<Path>();
        places.add(Rig.config(NO_SETTINGS).runFolder());
        ControlGroups.detect(RunFolder.newServerName()).ifPresent(groups -> {
            places.addAll(groups.parents());
            groups.close();
        });
        return places.stream()
                .flatMap(ServerDeathTest::children)
                .filter(path -> path.getFileName().toString().startsWith(prefix))
                .toList();
    }

    private static Stream<Path> children(Path folder) {
        try (var all = Files.list(folder)) {
            return all.toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }
}
