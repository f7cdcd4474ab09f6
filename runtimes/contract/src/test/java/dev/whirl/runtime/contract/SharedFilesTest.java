package dev.whirl.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What several runtimes use is in `shared`, once.
class SharedFilesTest {
    private static final Path RUNTIMES = Path.of("..");

    @Test
    void noRuntimeHasAFileThatIsShared() throws IOException {
        var sharedNames = new HashSet<>(names(RUNTIMES.resolve("shared/python")));

        assertThat(sharedNames).contains("wire.py", "archive.py", "environment.py");
        for (String runtime : List.of("python", "native", "go", "ruby", "php", "rust")) {
            assertThat(names(RUNTIMES.resolve(runtime)))
                    .contains("launcher.py")
                    .doesNotContainAnyElementsOf(sharedNames);
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
