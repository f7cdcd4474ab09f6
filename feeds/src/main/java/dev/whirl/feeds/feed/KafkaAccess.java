package dev.whirl.feeds.feed;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.stream.Collectors;

/// How brokers are asked that let nobody in without a password: SASL over TLS (row F-10).
///
/// @param ca certificates (PEM) of the authorities that the brokers' come from; empty for those that the JVM trusts
public record KafkaAccess(Feed.Login login, Mechanism mechanism, String ca) {
    /// How the password is shown.
    public enum Mechanism {
        PLAIN("PLAIN"),
        SCRAM_SHA_256("SCRAM-SHA-256"),
        SCRAM_SHA_512("SCRAM-SHA-512");

        private final String word;

        Mechanism(String word) {
            this.word = word;
        }

        /// As brokers call it.
        public String word() {
            return word;
        }

        private static Mechanism read(String word) throws InvalidFeedException {
            return Arrays.stream(values())
                    .filter(each -> each.word.equalsIgnoreCase(word))
                    .findFirst()
                    .orElseThrow(() -> InvalidFeedException.badRequest("mechanism parameter must be one of [%s]."
                            .formatted(
                                    Arrays.stream(values()).map(Mechanism::word).collect(Collectors.joining(", ")))));
        }
    }

    static KafkaAccess read(Arguments arguments) throws InvalidFeedException {
        var login = new Feed.Login(
                InvalidFeedException.required(arguments.text("user"), "You must supply a 'user' parameter."),
                InvalidFeedException.required(arguments.text("password"), "You must supply a 'password' parameter."));
        return new KafkaAccess(
                login,
                Mechanism.read(arguments.text("mechanism").orElse(Mechanism.PLAIN.word())),
                certificates(arguments.text("ca").orElse("")));
    }

    private static String certificates(String pem) throws InvalidFeedException {
        if (!pem.isEmpty() && !isReadable(pem)) {
            throw InvalidFeedException.badRequest(
                    "the ca parameter must be the certificate of an authority as PEM: -----BEGIN CERTIFICATE-----, …");
        }
        return pem;
    }

    private static boolean isReadable(String pem) {
        try {
            return !CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                    .isEmpty();
        } catch (CertificateException e) {
            return false;
        }
    }
}
