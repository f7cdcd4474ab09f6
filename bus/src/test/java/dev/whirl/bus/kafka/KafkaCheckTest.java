package dev.whirl.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.bus.kafka.KafkaBusConfig.Timeouts;
import dev.whirl.common.units.ByteSize;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class KafkaCheckTest {
    private final KafkaBroker broker = KafkaBroker.shared();

    @Test
    void anEmptyClusterIsFine() {
        assertThat(KafkaCheck.problems(KafkaBusConfig.of(broker.servers()).withPrefix("none-"), 1_000_000))
                .isEmpty();
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.servers()))) {
            admin.createTopics(List.of(
                            new NewTopic("wrong-invoker3", 2, (short) 1),
                            new NewTopic("wrong-health", 1, (short) 1)
                                    .configs(Map.of(
                                            "max.message.bytes", "9000000",
                                            "compression.type", "zstd",
                                            "cleanup.policy", "compact")),
                            new NewTopic("wrong-stranger", 7, (short) 1)))
                    .all()
                    .get();
        }
        KafkaBusConfig config = KafkaBusConfig.of(broker.servers())
                .withPrefix("wrong-")
                .withTopics(new KafkaBusConfig.Topics(
                        "wrong-", "", 1, (short) 3, Duration.ofDays(30), Duration.ofHours(1), ByteSize.mebibytes(10)))
                .withTimeouts(new Timeouts(Duration.ofSeconds(6), Duration.ofHours(1)));

        List<String> problems = KafkaCheck.problems(config, 5_000_000);

        assertThat(String.join("\n", problems))
                .contains("bus.kafka.max-message = 4 MB is less than the 5000000 bytes")
                .contains("bus.kafka.replication-factor = 3, but the cluster has 1 brokers")
                .contains("bus.kafka.session-timeout = 3600000 ms, but broker 1 allows 500 to 1800000 ms")
                .contains("broker 1 forgets what was done before the work itself expires")
                .contains("topic wrong-invoker3 lets messages of 1048588 bytes pass, at least 4195328 are needed")
                .contains("topic wrong-invoker3 has 2 partitions")
                .contains("topic wrong-health is compressed with zstd")
                .contains("topic wrong-health is compacted")
                .doesNotContain("stranger");
        assertThat(problems).hasSize(8);
    }

    @Test
    void aBrokerThatIsNotThereIsNamed() {
        KafkaBusConfig config = KafkaBusConfig.of("localhost:" + KafkaBroker.freePort())
                .withTimeouts(new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(10)));

        assertThat(KafkaCheck.problems(config, 1))
                .singleElement()
                .asString()
                .startsWith("no Kafka broker of bus.kafka.servers = " + config.servers() + " can be used: ");
    }

    @Test
    void anAddressThatMakesNoSenseIsTold() {
        assertThat(KafkaCheck.problems(KafkaBusConfig.of("no port"), 1))
                .singleElement()
                .asString()
                .contains("no port");
    }
}
