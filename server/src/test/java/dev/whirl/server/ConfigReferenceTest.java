package dev.whirl.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.common.config.ConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigReferenceTest {
    private static final Path PAGE = Path.of("..", "docs", "reference", "configuration.md");

    @Test
    void referencePageTellsWhatTheCodeReads() throws IOException {
        var manifest = Map.of("runtimes.manifest", "../deploy/dist/src/conf/runtimes.json");
        var reader = new ConfigReader(List.of(new ConfigReader.Source("test", manifest)), Map.of());
        ServerConfig.read(reader);
        String page = ConfigReference.page(reader.keys());
        if (Boolean.getBoolean("whirl.regenerate")) {
            Files.writeString(PAGE, page);
        }

        assertThat(PAGE).content().isEqualTo(page);
    }
}
