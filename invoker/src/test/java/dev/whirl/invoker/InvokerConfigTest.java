package dev.whirl.invoker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.common.config.ConfigException;
import dev.whirl.common.config.ConfigReader;
import dev.whirl.common.units.ByteSize;
import dev.whirl.invoker.pool.DemandConfig;
import dev.whirl.invoker.pool.Reuse;
import dev.whirl.model.activation.StorageLevel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class InvokerConfigTest {
    @Test
    @Tag("I-20")
    void defaultsAreOpenWhisks() {
        InvokerConfig config = InvokerConfig.read(reader(Map.of()));

        assertThat(config.pool().idleTimeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.pool().pauseGrace()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.pool().memory()).isGreaterThanOrEqualTo(ByteSize.mebibytes(1024));
        assertThat(config.pool().parallelStarts()).isGreaterThanOrEqualTo(2);
        assertThat(config.keepsStemCells()).isTrue();
        assertThat(config.records().blocking()).isEqualTo(StorageLevel.ALWAYS);
    }

    @Test
    @Tag("R-139")
    void everyKeyIsRead() {
        ConfigReader reader = reader(Map.of(
                "invoker.id", "3",
                "pool.memory", "2 GB",
                "pool.stem-cells", "no",
                "pool.parallel-starts", "7",
                "pool.reuse", "never",
                "pool.learn-demand", "no",
                "pool.idle-timeout-max", "1h",
                "pool.remembered-actions", "100",
                "records.store-blocking", "failures",
                "records.store-non-blocking", "failures-not-application-errors"));

        InvokerConfig config = InvokerConfig.read(reader);
        reader.finish();

        assertThat(config.id()).hasToString("invoker3");
        assertThat(config.pool().memory()).isEqualTo(ByteSize.mebibytes(2048));
        assertThat(config.keepsStemCells()).isFalse();
        assertThat(config.pool().parallelStarts()).isEqualTo(7);
        assertThat(config.reuse()).isEqualTo(Reuse.NEVER);
        assertThat(config.pool().demand()).isEqualTo(new DemandConfig(false, Duration.ofHours(1), 0, 100));
        assertThat(config.records().blocking()).isEqualTo(StorageLevel.FAILURES);
        assertThat(config.records().nonBlocking()).isEqualTo(StorageLevel.FAILURES_NOT_APPLICATION_ERRORS);
    }

    @Test
    void wrongValuesAreReportedTogether() {
        ConfigReader reader = reader(Map.of("pool.idle-timeout", "0s", "pool.queue-limit", "0"));

        InvokerConfig.read(reader);

        assertThatThrownBy(reader::finish)
                .isInstanceOfSatisfying(
                        ConfigException.class, e -> assertThat(e.problems()).hasSize(2));
    }

    private static ConfigReader reader(Map<String, String> values) {
        return new ConfigReader(List.of(new ConfigReader.Source("--set", values)), Map.of());
    }
}
