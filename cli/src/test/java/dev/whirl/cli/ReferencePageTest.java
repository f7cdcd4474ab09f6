package dev.whirl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.cli.command.CommandIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ReferencePageTest {
    private static final Path PAGE = Path.of("../docs/reference/cli.md");

    /// `-Dwhirl.regenerate=true` renews it.
    @Test
    void referencePageTellsAllCommandsAndOptions() throws IOException {
        String page = new ReferencePage(new CommandIndex(Groups.all())).text();
        if (Boolean.getBoolean("whirl.regenerate")) {
            Files.writeString(PAGE, page);
        }

        assertThat(PAGE).content().isEqualTo(page);
    }
}
