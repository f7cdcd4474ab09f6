package dev.whirl.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.bus.Samples;
import dev.whirl.bus.kafka.KafkaSecurity.Mechanism;
import dev.whirl.bus.kafka.KafkaSecurity.Protocol;
import dev.whirl.model.message.Message;
import dev.whirl.model.message.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A real broker behind TLS that wants a certificate, a user and a password.
class SecureBrokerTest {
    private final KafkaBroker broker = KafkaBroker.shared();

    @Test
    void messagesGoThroughTlsToAUserWhoIsKnown() throws Exception {
        BlockingQueue<Message> received = new LinkedBlockingQueue<>();
        KafkaBusConfig config = config(broker.certificate(), KafkaBroker.PASSWORD);

        try (var bus = new KafkaBus(config, new SimpleMeterRegistry())) {
            bus.subscribe(new Topic.Health(), received::add);
            bus.publish(new Topic.Health(), Samples.beat(1));

            assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo(Samples.beat(1));
        }
        assertThat(KafkaCheck.problems(config, 1)).isEmpty();
    }

    @Test
    void aWrongPasswordIsToldWithoutTheRightOneOrTheWrong() {
        KafkaBusConfig config = config(broker.certificate(), "guess-1234");

        assertThat(KafkaCheck.problems(config, 1))
                .singleElement()
                .asString()
                .startsWith("no Kafka broker of bus.kafka.servers = localhost:")
                .containsIgnoringCase("authentication failed")
                .doesNotContain("guess-1234");
        assertThat(config.toString()).doesNotContain("guess-1234");
    }

    @Test
    void aBrokerWhoseCertificateNobodyKnowsIsNotTrusted() {
        assertThat(KafkaCheck.problems(config(null, KafkaBroker.PASSWORD), 1))
                .singleElement()
                .asString()
                .contains("SSL handshake failed");
    }

    private KafkaBusConfig config(@Nullable Path trust, String password) {
        return KafkaBusConfig.of(broker.secureServers())
                .withPrefix("secure-")
                .withSecurity(new KafkaSecurity(
                        Protocol.SASL_TLS,
                        trust,
                        broker.clientKey(),
                        Secret.NONE,
                        Mechanism.SCRAM_SHA_512,
                        KafkaBroker.USER,
                        new Secret(password)));
    }
}
