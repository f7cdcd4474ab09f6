package dev.whirl.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

final class ConnectionExceptionTest {
    @Test
    void anExpiredCertificateIsCalledThat() {
        var failure = failure(new CertificateExpiredException("NotAfter: Mon Jan 05 10:00:00 UTC 2026"));

        assertThat(failure)
                .hasMessage(
                        "cannot talk to https://example.org: the server's certificate has expired: NotAfter: Mon Jan 05"
                                + " 10:00:00 UTC 2026");
        assertThat(failure.isTlsFailure()).isTrue();
    }

    @Test
    void aCertificateOfTheFutureIsCalledThat() {
        assertThat(failure(new CertificateNotYetValidException("NotBefore: then")))
                .hasMessageContaining("is not valid yet: NotBefore: then");
    }

    @Test
    void anAnswerThatComesTooSlowlyIsCalledThat() {
        var failure = new ConnectionException(ApiAddress.parse("https://example.org", "v1"), new SlowAnswerException());

        assertThat(failure).hasMessage("cannot talk to https://example.org: the answer comes too slowly");
        assertThat(failure.isSilence()).isTrue();
    }

    /// As the JDK nests them.
    private static ConnectionException failure(CertificateException cause) {
        var handshake = new SSLHandshakeException("PKIX path validation failed");
        handshake.initCause(new CertPathValidatorException("validity check failed", cause));
        return new ConnectionException(ApiAddress.parse("https://example.org", "v1"), handshake);
    }
}
