package dev.whirl.server.cluster;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.whirl.bus.kafka.KafkaBusConfig;
import dev.whirl.bus.kafka.KafkaBusConfig.Limits;
import dev.whirl.bus.kafka.KafkaBusConfig.Timeouts;
import dev.whirl.common.config.ConfigException;
import dev.whirl.common.units.ByteSize;
import dev.whirl.model.limits.SystemLimits;
import dev.whirl.store.couchdb.CouchStoreConfig;
import dev.whirl.store.memory.MemoryStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClusterStartTest {
    @Test
    void allThatStandsInTheWayIsToldAtOnce() throws IOException {
        int port = freePort();
        KafkaBusConfig bus = KafkaBusConfig.of("localhost:" + port)
                .withTimeouts(new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(10)))
                .withLimits(new Limits(ByteSize.bytes(100_000), ByteSize.mebibytes(1), 10, 10));
        CouchStoreConfig store = CouchStoreConfig.at(URI.create("http://localhost:" + port), "whirl", "secret", "");

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> ClusterStart.open(
                        bus,
                        store,
                        SystemLimits.OPENWHISK,
                        new SimpleMeterRegistry(),
                        _ -> _ -> new MemoryStores().journal()))
                .satisfies(e -> org.assertj.core.api.Assertions.assertThat(e.problems())
                        .hasSize(3)
                        .anyMatch(each -> each.startsWith("bus.kafka.max-message = "))
                        .anyMatch(each -> each.startsWith("no Kafka broker of bus.kafka.servers = localhost:" + port))
                        .anyMatch(each -> each.contains("localhost:" + port) && !each.contains("secret")));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
