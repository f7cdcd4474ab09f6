package dev.whirl.cli.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.cli.file.WholeFile.Readers;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WholeFileTest {
    private static final byte[] NEW = {'n', 'e', 'w'};

    @TempDir
    private Path folder;

    @Test
    void aNewFileReplacesNothing() throws IOException {
        Path there = Files.writeString(folder.resolve("there"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("nowhere"));

        WholeFile.create(folder.resolve("new"), NEW);

        assertThat(folder.resolve("new")).hasContent("new");
        assertThatThrownBy(() -> WholeFile.create(there, NEW)).isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> WholeFile.create(link, NEW)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(there).hasContent("old");
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }

    @Test
    void whatIsForItsOwnerIsSoWhateverItReplaces() throws IOException {
        Path there = Files.writeString(folder.resolve("there"), "old");
        Files.setPosixFilePermissions(there, PosixFilePermissions.fromString("rw-r--r--"));

        WholeFile.replace(there, NEW, Readers.OWNER);
        WholeFile.create(folder.resolve("new"), NEW, Readers.OWNER);

        for (Path each : List.of(there, folder.resolve("new"))) {
            assertThat(each).hasContent("new");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void whatCannotBeMovedToItsPlaceLeavesNothing() throws IOException {
        Path filled = folder.resolve("filled");
        Files.createDirectories(filled.resolve("inner"));

        assertThatThrownBy(() -> WholeFile.replace(filled, NEW, Readers.ANYBODY))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(filled + ": ")
                .hasMessageNotContaining(".tmp");

        assertThat(folder)
                .isDirectoryContaining(file -> file.equals(filled))
                .isDirectoryNotContaining(file -> !file.equals(filled));
    }

    @Test
    void whatCannotBeWrittenIsToldWithItsOwnName() {
        Path file = folder.resolve("nowhere/file");

        assertThatThrownBy(() -> WholeFile.create(file, NEW))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(folder.resolve("nowhere").toString());
    }
}
