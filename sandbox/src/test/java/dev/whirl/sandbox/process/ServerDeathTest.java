package dev.whirl.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.sandbox.process.limit.ControlGroups;
import dev.whirl.sandbox.process.system.ProcessTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ServerDeathTest {
    private static final String[] NO_SETTINGS = {};

    @Test
    @Tag("attack-43")
    void sandboxesDieWithTheirServerAndTheNextOneRemovesTheirTraces() throws Exception {
        Process server =
                OtherServer.start(List.of(), System.getProperty("java.class.path"), DyingServer.class.getName());
        String trace = "whirl-" + server.pid() + "-";
        OtherServer.awaitLine(server, "ready");
        List<Long> processes = processes(server.pid());
        assertThat(processes).hasSizeGreaterThanOrEqualTo(4);

        server.destroyForcibly().waitFor();

        await().atMost(Duration.ofSeconds(10))
                .until(() -> processes.stream()
                        .noneMatch(pid -> ProcessTable.entry(pid).isPresent()));
        assertThat(traces(trace)).isNotEmpty();
        try (Rig next = Rig.open()) {
            next.serves();
            assertThat(traces(trace)).isEmpty();
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
