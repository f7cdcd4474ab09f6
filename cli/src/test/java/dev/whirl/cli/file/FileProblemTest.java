package dev.whirl.cli.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FileProblemTest {
    @ParameterizedTest
    @CsvSource({"out/file, out", "file, ''"})
    void whatCannotBeMadeForWantOfAFolderIsToldWithTheFolder(String wanted, String folder) {
        Path expected = folder.isEmpty() ? Path.of("").toAbsolutePath() : Path.of(folder);

        assertThat(told(wanted, new NoSuchFileException(".1.tmp"))).isEqualTo(expected + " does not exist");
    }

    @Test
    void temporaryFilesAreNotToldOf() {
        assertThat(told("file", new AccessDeniedException(".1.tmp"))).isEqualTo("permission denied: file");
        assertThat(told("file", new FileSystemException(".1.tmp", null, "No space left on device")))
                .isEqualTo("No space left on device: file");
        assertThat(told("file", new FileSystemException(".1.tmp"))).isEqualTo("it cannot be written: file");
    }

    private static String told(String wanted, FileSystemException failure) {
        return FileProblem.of(FileProblem.about(Path.of(wanted), failure));
    }
}
