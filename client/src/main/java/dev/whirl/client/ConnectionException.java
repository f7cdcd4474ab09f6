package dev.whirl.client;

import java.io.IOException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/// The server was not reached, or the connection broke before the whole answer was there. A call that changes
/// something may or may not have been carried out.
public final class ConnectionException extends ClientException {
    private final ApiAddress address;

    public ConnectionException(ApiAddress address, IOException cause) {
        super("cannot talk to %s: %s".formatted(address, describe(cause)), cause);
        this.address = address;
    }

    public ApiAddress address() {
        return address;
    }

    /// Whether TLS failed: a certificate that is not trusted, or a server that speaks plain HTTP.
    public boolean isTlsFailure() {
        return getCause() instanceof SSLException;
    }

    private static String describe(IOException cause) {
        return switch (cause) {
            case java.net.UnknownHostException e -> "no such host: " + e.getMessage();
            case java.net.ConnectException _ -> "connection refused";
            case java.net.SocketTimeoutException _ -> "no answer in time";
            default -> certificateProblem(cause).orElseGet(() -> String.valueOf(cause.getMessage()));
        };
    }

    private static Optional<String> certificateProblem(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            switch (each) {
                case CertificateExpiredException e -> {
                    return Optional.of("the server's certificate has expired: " + e.getMessage());
                }
                case CertificateNotYetValidException e -> {
                    return Optional.of("the server's certificate is not valid yet: " + e.getMessage());
                }
                default -> {
                    // look at what caused it
                }
            }
        }
        return Optional.empty();
    }
}
