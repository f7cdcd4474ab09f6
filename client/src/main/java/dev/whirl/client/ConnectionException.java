package dev.whirl.client;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// The server was not reached, or the connection broke before the whole answer was there. A call that changes
/// something may or may not have been carried out.
public final class ConnectionException extends ClientException {
    private final ApiAddress address;

    public ConnectionException(ApiAddress address, IOException cause) {
        super(
                cause instanceof OwnCertificateException
                        ? String.valueOf(cause.getMessage())
                        : "cannot talk to %s: %s".formatted(address, describe(cause)),
                cause);
        this.address = address;
    }

    public ApiAddress address() {
        return address;
    }

    /// Whether TLS failed: a certificate that is not trusted, or a server that speaks plain HTTP.
    public boolean isTlsFailure() {
        return getCause() instanceof SSLException;
    }

    /// Whether it is the server's certificate that was not accepted.
    public boolean isCertificateFailure() {
        return isTlsFailure() && certificateProblem(getCause()).isPresent();
    }

    /// Whether the server took the connection, and then did not answer in time, or answered too slowly.
    public boolean isSilence() {
        return getCause() instanceof SocketTimeoutException;
    }

    /// Whether the answer would not fit into the memory of this process.
    public boolean isTooLarge() {
        return getCause() instanceof AnswerTooLargeException;
    }

    /// Whether it is the caller's own certificate, or its key, that cannot be used: nothing was sent.
    public boolean isOwnCertificate() {
        return getCause() instanceof OwnCertificateException;
    }

    private static String describe(IOException cause) {
        return switch (cause) {
            case java.net.UnknownHostException e -> "no such host: " + e.getMessage();
            case java.net.ConnectException e -> refusal(e);
            case SlowAnswerException e -> String.valueOf(e.getMessage());
            case SocketTimeoutException _ -> "no answer in time";
            default -> certificateProblem(cause).orElseGet(() -> String.valueOf(cause.getMessage()));
        };
    }

    /// The system's word (`Connection refused`, `Network is unreachable`), without its remarks in brackets.
    private static String refusal(IOException cause) {
        String words = String.valueOf(cause.getMessage()).replaceFirst(" *\\(.*\\)$", "");
        return words.isEmpty() || words.equals("null") ? "connection refused" : words.toLowerCase(Locale.ROOT);
    }

    private static Optional<String> certificateProblem(@Nullable Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            switch (each) {
                case CertificateExpiredException e -> {
                    return Optional.of("the server's certificate has expired: " + e.getMessage());
                }
                case CertificateNotYetValidException e -> {
                    return Optional.of("the server's certificate is not valid yet: " + e.getMessage());
                }
                case CertPathBuilderException _ -> {
                    return Optional.of(
                            "the server's certificate is not signed by an authority that this machine trusts");
                }
                default -> {
                    // look at what caused it
                }
            }
        }
        return Optional.empty();
    }
}
