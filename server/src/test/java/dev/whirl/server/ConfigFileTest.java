package dev.whirl.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.common.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void readsPairsAndPassesOverCommentsAndBlankLines() throws IOException {
        Path file = write("# comment\n\n a.b = 1 \nc.d=x = y\n");

        assertThat(ConfigFile.read(file))
                .containsEntry("a.b", "1")
                .containsEntry("c.d", "x = y")
                .hasSize(2);
    }

    @Test
    void namesFileAndLineOfEveryMistake() throws IOException {
        Path file = write("a = 1\nnonsense\na = 2\n");

        assertThatThrownBy(() -> ConfigFile.read(file))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.problems())
                                .containsExactly(
                                        file + ":2: expected 'key = value', found 'nonsense'",
                                        file + ":3: key 'a' is there twice"));
    }

    @Test
    void aMissingFileIsSaidInOneLine() {
        Path file = folder.resolve("none.conf");

        assertThatThrownBy(() -> ConfigFile.read(file)).hasMessage("configuration file " + file + " does not exist");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("whirl.conf"), text);
    }
}
