package dev.whirl.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.common.config.ConfigKey;
import dev.whirl.common.config.ConfigReader;
import dev.whirl.server.ServerConfig.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigReferenceTest {
    private static final Path PAGE = Path.of("..", "docs", "reference", "configuration.md");

    @Test
    void referencePageTellsWhatTheCodeReads() throws IOException {
        var manifest = Map.of("runtimes.manifest", "../deploy/dist/src/conf/runtimes.json");
        var keys = new LinkedHashMap<String, ConfigKey>();
        for (Role role : Role.values()) {
            boolean runsNothing = role == Role.GATEWAY || role == Role.FEEDS;
            Map<String, String> given = runsNothing ? Map.of() : manifest;
            var reader = new ConfigReader(List.of(new ConfigReader.Source("test", given)), Map.of());
            ServerConfig.read(role, reader);
            reader.keys().forEach(each -> keys.putIfAbsent(each.name(), each));
        }
        String page = ConfigReference.page(keys.values());
        if (Boolean.getBoolean("whirl.regenerate")) {
            Files.writeString(PAGE, page);
        }

        assertThat(PAGE).content().isEqualTo(page);
    }
}
