package dev.whirl.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.common.config.ConfigException;
import dev.whirl.common.config.ConfigReader;
import dev.whirl.common.units.ByteSize;
import dev.whirl.controller.api.http.HttpConfig;
import dev.whirl.controller.place.PlacementConfig;
import dev.whirl.model.limits.NamespaceLimits;
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
    @Tag("R-156")
    void whatNamespacesMayUseByDefaultIsReadFromItsKeys() {
        ConfigReader reader = reader(Map.of(
                "limits.action-memory-max", "1 GB",
                "limits.namespace-default.action-memory-max", "256 MB",
                "limits.namespace-default.action-timeout-min", "1s",
                "limits.namespace-default.payload-max", "100 KB"));

        SystemLimits limits = SystemLimitsConfig.read(reader, SystemLimits.OPENWHISK);
        reader.finish();

        SystemLimits counting = limits.in(NamespaceLimits.NONE);
        assertThat(counting.memory().max()).isEqualTo(ByteSize.mebibytes(256));
        assertThat(counting.timeout().min()).isEqualTo(Duration.ofSeconds(1));
        assertThat(counting.timeout().max()).isEqualTo(limits.timeout().max());
        assertThat(counting.payload()).isEqualTo(ByteSize.kibibytes(100));
        assertThat(counting.parameters()).isEqualTo(limits.parameters());
        assertThat(limits.memory().max()).isEqualTo(ByteSize.mebibytes(1024));
    }

    @Test
    void aRangeThatHoldsNothingIsReported() {
        ConfigReader reader = reader(Map.of(
                "limits.action-memory-max",
                "64 MB",
                "http.port",
                "70000",
                "limits.namespace-default.action-timeout-min",
                "9m"));

        SystemLimitsConfig.read(reader, SystemLimits.OPENWHISK);
        ControllerConfig.read(reader);

        assertThatThrownBy(reader::finish)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("limits.action-memory = 256 MB is not from 128 MB to 64 MB")
                .hasMessageContaining("limits.namespace-default.action-timeout-min = PT9M is more than PT5M")
                .hasMessageContaining("http.port = 70000");
    }

    private static ConfigReader reader(Map<String, String> values) {
        return new ConfigReader(List.of(new ConfigReader.Source("--set", values)), Map.of());
    }
}
