package dev.whirl.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.bench.process.PlatformProcesses.Member;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformProcessesTest {
    @TempDir
    private Path folder;

    @Test
    void theProcessesOfAClusterStandInItsFolder() throws IOException {
        write("""
                [{"role":"broker","name":"broker","address":"127.0.0.1:3234","pid":11},
                 {"role":"controller","name":"controller0","address":"http://127.0.0.1:3243/ping","pid":12}]""");

        assertThat(PlatformProcesses.ofCluster(folder).members())
                .containsExactly(new Member("broker", 11), new Member("controller", 12));
    }

    @Test
    void whereNoClusterWasStartedThatIsSaid() {
        assertThatThrownBy(() -> PlatformProcesses.ofCluster(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no cluster was started in");
    }

    @Test
    void aFileOfAnotherKindIsNamed() throws IOException {
        for (String text : new String[] {"[{\"role\":\"broker\"}]", "[{\"pid\":1}]", "nonsense"}) {
            write(text);

            assertThatThrownBy(() -> PlatformProcesses.ofCluster(folder))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("can't be understood");
        }
    }

    @Test
    void thoseThatCanBeSeenAreLookedAt() {
        long own = ProcessHandle.current().pid();

        assertThat(PlatformProcesses.of(own).look()).containsOnlyKeys(new Member("server", own));
        assertThat(PlatformProcesses.of(5_000_000).look()).isEmpty();
    }

    @Test
    void theCompilersOfAllPartsCount() {
        var broker = new Member("broker", ProcessHandle.current().pid());

        assertThat(new PlatformProcesses(List.of(broker)).compilerTime()).isPositive();
    }

    private void write(String json) throws IOException {
        Files.writeString(folder.resolve("cluster.json"), json);
    }
}
