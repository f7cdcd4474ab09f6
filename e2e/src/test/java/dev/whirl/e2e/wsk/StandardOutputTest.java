package dev.whirl.e2e.wsk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a process does with its standard output, and with names that are not ASCII.
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

    /// The shell makes the name: what this JVM makes of it depends on its own locale.
    @Test
    void aNameIsUnderstoodWhateverTheLocale() throws Exception {
        Path err = folder.resolve("err.txt");
        String line = "exec /bin/sh \"$0\" action create a \"$(printf 'gr\\303\\266\\303\\237e.js')\"";
        var builder = new ProcessBuilder("/bin/sh", "-c", line, Wsk.launcher().toString()).redirectError(err.toFile());
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("WSK_CONFIG_FILE", folder.resolve(".wskprops").toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));

        assertThat(builder.start().waitFor()).isEqualTo(2);
        assertThat(Files.readString(err)).contains("File 'größe.js' is not a valid file or it does not exist");
    }
}
