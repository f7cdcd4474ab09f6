package dev.whirl.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.bus.kafka.KafkaSecurity.Mechanism;
import dev.whirl.bus.kafka.KafkaSecurity.Protocol;
import dev.whirl.common.config.ConfigException;
import dev.whirl.common.config.ConfigReader;
import dev.whirl.common.config.ConfigReader.Source;
import dev.whirl.common.units.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBusConfigTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void withoutKeysTheDefaultsCount() {
        assertThat(read(Map.of())).isEqualTo(KafkaBusConfig.of("localhost:9092"));
    }

    @Test
    void everyKeyIsRead() throws IOException {
        Path trust = Files.writeString(folder.resolve("trust.pem"), "x");
        Path more = Files.writeString(folder.resolve("client.properties"), "send.buffer.bytes = 1000\n");
        Map<String, String> keys = new HashMap<>();
        keys.put("bus.kafka.servers", "a:1,b:2");
        keys.put("bus.kafka.topic-prefix", "w-");
        keys.put("bus.kafka.events-prefix", "e-");
        keys.put("bus.kafka.events-partitions", "4");
        keys.put("bus.kafka.replication-factor", "3");
        keys.put("bus.kafka.work-retention", "1h");
        keys.put("bus.kafka.retention", "2m");
        keys.put("bus.kafka.retention-size", "3 MB");
        keys.put("bus.kafka.max-message", "2 MB");
        keys.put("bus.kafka.buffer", "8 MB");
        keys.put("bus.kafka.poll-batch", "7");
        keys.put("bus.kafka.max-taken", "70");
        keys.put("bus.kafka.publish-timeout", "3s");
        keys.put("bus.kafka.session-timeout", "20s");
        keys.put("bus.kafka.security", "sasl-tls");
        keys.put("bus.kafka.trust-file", trust.toString());
        keys.put("bus.kafka.key-file", trust.toString());
        keys.put("bus.kafka.key-password", "k");
        keys.put("bus.kafka.sasl-mechanism", "plain");
        keys.put("bus.kafka.user", "me");
        keys.put("bus.kafka.password", "p");
        keys.put("bus.kafka.client-file", more.toString());

        assertThat(read(keys))
                .isEqualTo(new KafkaBusConfig(
                        "a:1,b:2",
                        new KafkaBusConfig.Topics(
                                "w-",
                                "e-",
                                4,
                                (short) 3,
                                Duration.ofHours(1),
                                Duration.ofMinutes(2),
                                ByteSize.mebibytes(3)),
                        new KafkaBusConfig.Limits(ByteSize.mebibytes(2), ByteSize.mebibytes(8), 7, 70),
                        new KafkaBusConfig.Timeouts(Duration.ofSeconds(3), Duration.ofSeconds(20)),
                        new KafkaSecurity(
                                Protocol.SASL_TLS,
                                trust,
                                trust,
                                new Secret("k"),
                                Mechanism.PLAIN,
                                "me",
                                new Secret("p")),
                        Map.of("send.buffer.bytes", "1000")));
    }

    @Test
    void everythingThatCannotBeIsReportedTogether() throws IOException {
        Path more = Files.writeString(folder.resolve("client.properties"), "acks = 0\n");

        assertThatThrownBy(() -> read(Map.of(
                        "bus.kafka.servers", " ",
                        "bus.kafka.topic-prefix", "a b",
                        "bus.kafka.max-message", "1 GB",
                        "bus.kafka.session-timeout", "1ms",
                        "bus.kafka.security", "sasl-plaintext",
                        "bus.kafka.sasl-mechanism", "plain",
                        "bus.kafka.trust-file", folder.resolve("none").toString(),
                        "bus.kafka.client-file", more.toString())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("bus.kafka.servers")
                .hasMessageContaining("bus.kafka.topic-prefix = a b")
                .hasMessageContaining("bus.kafka.max-message")
                .hasMessageContaining("bus.kafka.session-timeout")
                .hasMessageContaining("bus.kafka.user and bus.kafka.password must be given")
                .hasMessageContaining("would show the password to the network")
                .hasMessageContaining("no such file")
                .hasMessageContaining("has no TLS")
                .hasMessageContaining("acks, which the bus depends on");
    }

    private static KafkaBusConfig read(Map<String, String> values) {
        var reader = new ConfigReader(List.of(new Source("--set", values)), Map.of());
        KafkaBusConfig config = KafkaBusConfig.read(reader);
        reader.finish();
        return config;
    }
}
