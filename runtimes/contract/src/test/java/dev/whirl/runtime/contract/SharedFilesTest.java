package dev.whirl.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A runtime's folder is all that its sandbox shows, so that what two runtimes share is there twice.
class SharedFilesTest {
    @ParameterizedTest
    @ValueSource(strings = {"wire.py", "archive.py", "environment.py"})
    void theLaunchersWrittenInPythonShareTheseFiles(String name) {
        assertThat(Path.of("../native", name)).hasSameTextualContentAs(Path.of("../python", name));
    }
}
