package dev.whirl.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.common.config.ConfigException;
import dev.whirl.common.config.ConfigReader;
import dev.whirl.common.units.ByteSize;
import dev.whirl.controller.api.http.HttpConfig;
import dev.whirl.controller.place.PlacementConfig;
import dev.whirl.model.limits.SystemLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ControllerConfigTest {
    @Test
    void withoutAnythingSetTheDefaultsCount() {
        ConfigReader reader = reader(Map.of());

        ControllerConfig config = ControllerConfig.read(reader);
        SystemLimits limits = SystemLimitsConfig.read(reader, SystemLimits.STANDALONE);
        reader.finish();

        assertThat(config.http()).isEqualTo(HttpConfig.DEFAULT);
        assertThat(config.placement()).isEqualTo(PlacementConfig.DEFAULT);
        assertThat(limits).isEqualTo(SystemLimits.STANDALONE);
        assertThat(reader.keys()).allSatisfy(each -> assertThat(each.meaning()).endsWith("."));
    }

    @Test
    @Tag("R-150")
    void limitsAreReadFromTheirKeys() {
        ConfigReader reader = reader(Map.of(
                "limits.invocations-per-minute", "100000",
                "limits.concurrent-invocations", "2000",
                "limits.fires-per-minute", "3",
                "limits.action-timeout-max", "10m",
                "limits.action-memory-max", "2 GB",
                "http.port", "0"));

        SystemLimits limits = SystemLimitsConfig.read(reader, SystemLimits.OPENWHISK);
        ControllerConfig config = ControllerConfig.read(reader);
        reader.finish();

        assertThat(limits.invocationsPerMinute()).isEqualTo(100_000);
        assertThat(limits.concurrentInvocations()).isEqualTo(2_000);
        assertThat(limits.firesPerMinute()).isEqualTo(3);
        assertThat(limits.timeout().max()).isEqualTo(Duration.ofMinutes(10));
        assertThat(limits.memory().max()).isEqualTo(ByteSize.mebibytes(2048));
        assertThat(config.http().port()).isZero();
    }

    @Test
    void aRangeThatHoldsNothingIsReported() {
        ConfigReader reader = reader(Map.of("limits.action-memory-max", "64 MB", "http.port", "70000"));

        SystemLimitsConfig.read(reader, SystemLimits.OPENWHISK);
        ControllerConfig.read(reader);

        assertThatThrownBy(reader::finish)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("limits.action-memory = 256 MB is not from 128 MB to 64 MB")
                .hasMessageContaining("http.port = 70000");
    }

    private static ConfigReader reader(Map<String, String> values) {
        return new ConfigReader(List.of(new ConfigReader.Source("--set", values)), Map.of());
    }
}
