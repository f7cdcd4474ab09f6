package dev.whirl.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that is full, which is a small one in memory in a mount namespace of its own: it needs root, or
/// user namespaces as the process sandbox does.
@Tag("attack-44")
class DiskFullTest {
    @TempDir
    Path mount;

    @Test
    void attack44ReadsGoOnWhenTheDiskIsFullAndWritesComeBackWithTheSpace() throws Exception {
        List<String> observed = observe("0");

        assertThat(observed).hasSize(7);
        assertThat(observed.get(1)).startsWith("refused ").contains("the disk is full");
        checkCommon(observed);
    }

    @Test
    void attack44TheReserveOfTheDiskIsNotTouched() throws Exception {
        List<String> observed = observe("8 MB");

        assertThat(observed).hasSize(7);
        assertThat(observed.get(1))
                .startsWith("refused ")
                .contains("is nearly full")
                .contains("8 MB stay so");
        checkCommon(observed);
    }

    private static void checkCommon(List<String> observed) {
        assertThat(observed.getFirst()).isEqualTo("filled");
        assertThat(observed.subList(2, 7))
                .containsExactly("reads true true", "pending true", "listed", "recovered", "reopened true true true");
    }

    private List<String> observe(String reserve) throws Exception {
        boolean isRoot = "root".equals(System.getProperty("user.name"));
        List<String> inNamespace = List.of(
                "unshare",
                isRoot ? "--mount" : "--map-root-user",
                "--mount",
                "sh",
                "-c",
                "mount -t tmpfs -o size=64m none \"$0\" && exec \"$@\"",
                mount.toString());
        Process child = ChildJvm.start(inNamespace, DiskFullScenario.class, mount.toString(), reserve);
        try (var out = child.inputReader()) {
            List<String> lines = out.lines().toList();
            assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(Folders.walk(mount)).containsExactly(mount);
            return lines;
        } finally {
            child.destroyForcibly();
        }
    }
}
