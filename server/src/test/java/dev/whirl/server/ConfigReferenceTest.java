package dev.whirl.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigReferenceTest {
    private static final Path PAGE = Path.of("..", "docs", "reference", "configuration.md");

    @Test
    void referencePageTellsWhatTheCodeReads() throws IOException {
        String page = ConfigReference.page(ConfigCheck.keys());
        if (Boolean.getBoolean("whirl.regenerate")) {
            Files.writeString(PAGE, page);
        }

        assertThat(PAGE).content().isEqualTo(page);
    }
}
