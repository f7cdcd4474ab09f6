package dev.whirl.bus.kafka;

import dev.whirl.common.config.ConfigReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How the brokers are known to be the right ones, and how this process shows who it is.
///
/// @param trust certificates (PEM) that brokers' certificates must come from; null: those that the JVM trusts
/// @param key private key and certificates (PEM) of this process, null for none
/// @param user for SASL, with its password
public record KafkaSecurity(
        Protocol protocol,
        @Nullable Path trust,
        @Nullable Path key,
        Secret keyPassword,
        Mechanism mechanism,
        String user,
        Secret password) {
    /// What lies between this process and a broker.
    public enum Protocol {
        PLAINTEXT("PLAINTEXT"),
        TLS("SSL"),
        SASL_PLAINTEXT("SASL_PLAINTEXT"),
        SASL_TLS("SASL_SSL");

        private final String kafkaName;

        Protocol(String kafkaName) {
            this.kafkaName = kafkaName;
        }

        String kafkaName() {
            return kafkaName;
        }

        boolean hasTls() {
            return this == TLS || this == SASL_TLS;
        }

        boolean hasSasl() {
            return this == SASL_PLAINTEXT || this == SASL_TLS;
        }
    }

    /// How user and password are shown.
    public enum Mechanism {
        SCRAM_SHA_512,
        SCRAM_SHA_256,
        PLAIN;

        String kafkaName() {
            return name().replace('_', '-');
        }
    }

    public static final KafkaSecurity NONE =
            new KafkaSecurity(Protocol.PLAINTEXT, null, null, Secret.NONE, Mechanism.SCRAM_SHA_512, "", Secret.NONE);

    static KafkaSecurity read(ConfigReader reader) {
        var security = new KafkaSecurity(
                reader.choice("bus.kafka.security", Protocol.PLAINTEXT, "What lies between here and the brokers."),
                file(reader, "bus.kafka.trust-file", "Certificates (PEM) that the brokers' must come from."),
                file(reader, "bus.kafka.key-file", "Private key and certificates (PEM) that this process shows."),
                new Secret(reader.text("bus.kafka.key-password", "", "Password of that private key.")),
                reader.choice("bus.kafka.sasl-mechanism", Mechanism.SCRAM_SHA_512, "How the password is shown."),
                reader.text("bus.kafka.user", "", "User for SASL."),
                new Secret(reader.text("bus.kafka.password", "", "Password for SASL.")));
        security.contradictions(reader);
        return security;
    }

    private void contradictions(ConfigReader reader) {
        if (protocol.hasSasl() && (user.isEmpty() || password.isEmpty())) {
            reader.problem("bus.kafka.security has SASL, so bus.kafka.user and bus.kafka.password must be given");
        }
        if (!protocol.hasSasl() && !user.isEmpty()) {
            reader.problem("bus.kafka.user is given, but bus.kafka.security has no SASL");
        }
        if (!protocol.hasTls() && (trust != null || key != null)) {
            reader.problem("bus.kafka.trust-file or key-file is given, but bus.kafka.security has no TLS");
        }
        if (protocol == Protocol.SASL_PLAINTEXT && mechanism == Mechanism.PLAIN) {
            reader.problem("bus.kafka.sasl-mechanism plain would show the password to the network: it needs sasl-tls");
        }
    }

    private static @Nullable Path file(ConfigReader reader, String key, String meaning) {
        String text = reader.text(key, "", meaning);
        if (text.isEmpty()) {
            return null;
        }
        Path path = Path.of(text);
        if (!Files.isReadable(path)) {
            reader.problem("%s = %s: no such file, or it can't be read".formatted(key, text));
        }
        return path;
    }
}
