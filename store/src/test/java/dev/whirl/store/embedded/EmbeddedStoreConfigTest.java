package dev.whirl.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.common.config.ConfigException;
import dev.whirl.common.config.ConfigReader;
import dev.whirl.common.config.ConfigReader.Source;
import dev.whirl.common.units.ByteSize;
import dev.whirl.store.Activations.Retention;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmbeddedStoreConfigTest {
    @Test
    void withoutKeysTheDefaultsCount() {
        assertThat(read(Map.of())).isEqualTo(EmbeddedStoreConfig.in(Path.of("data")));
    }

    @Test
    void everyKeyIsRead() {
        EmbeddedStoreConfig config = read(Map.of(
                "store.data", "/var/lib/whirl",
                "store.reserve", "1 GB",
                "store.code-grace", "5m",
                "records.sync", "yes",
                "records.max-pending", "1 MB",
                "records.retention-age", "1h",
                "records.retention-count", "10",
                "records.prune-interval", "0s"));

        assertThat(config)
                .isEqualTo(new EmbeddedStoreConfig(
                        Path.of("/var/lib/whirl"),
                        ByteSize.mebibytes(1024),
                        true,
                        ByteSize.mebibytes(1),
                        new Retention(Duration.ofHours(1), 10),
                        Duration.ZERO,
                        Duration.ofMinutes(5)));
    }

    @Test
    void impossibleValuesAreReportedTogether() {
        assertThatThrownBy(() -> read(Map.of("records.max-pending", "0", "records.retention-count", "0")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("records.max-pending")
                .hasMessageContaining("records.retention-count");
    }

    private static EmbeddedStoreConfig read(Map<String, String> values) {
        var reader = new ConfigReader(List.of(new Source("--set", values)), Map.of());
        EmbeddedStoreConfig config = EmbeddedStoreConfig.read(reader);
        reader.finish();
        return config;
    }
}
