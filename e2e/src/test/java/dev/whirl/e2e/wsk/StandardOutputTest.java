package dev.whirl.e2e.wsk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a process does with its standard output.
class StandardOutputTest {
    @TempDir
    private Path folder;

    @Test
    @Tag("L-30")
    void whatCannotBeWrittenIsAFailure() throws Exception {
        var wsk = new Wsk(folder, URI.create("http://127.0.0.1:1"));
        Path err = folder.resolve("err.txt");

        Process process = wsk.start(Path.of("/dev/full"), err, "property", "get", "--apihost");

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(Files.readString(err))
                .isEqualTo("error: Unable to write to standard output: No space left on device\n");
    }
}
