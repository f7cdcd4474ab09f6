package dev.whirl.client;

import org.jspecify.annotations.Nullable;

/// The answer is neither what was asked for nor an error envelope, as when a proxy answers in the server's place.
public final class NotUnderstoodException extends ClientException {
    private final int status;
    private final @Nullable String activationId;
    private final boolean isWebPage;

    private NotUnderstoodException(int status, String message, @Nullable String activationId, boolean isWebPage) {
        super(message, null);
        this.status = status;
        this.activationId = activationId;
        this.isWebPage = isWebPage;
    }

    /// An error status whose body lacks `error` or `code` (row L-31).
    ///
    /// @param isWebPage the body is HTML
    static NotUnderstoodException noEnvelope(int status, @Nullable String activationId, boolean isWebPage) {
        return new NotUnderstoodException(
                status,
                "The connection failed, or timed out. (HTTP status code %d)".formatted(status),
                activationId,
                isWebPage);
    }

    /// A success status whose body cannot be used.
    ///
    /// @param isWebPage the body is HTML
    static NotUnderstoodException unusable(int status, String reason, boolean isWebPage) {
        return new NotUnderstoodException(
                status,
                "The answer was not understood: %s (HTTP status code %d)".formatted(reason, status),
                null,
                isWebPage);
    }

    /// The HTTP status.
    public int status() {
        return status;
    }

    /// Whether the answer was a web page: something else than an API answered.
    public boolean isWebPage() {
        return isWebPage;
    }

    /// Whether the server said that the call succeeded.
    public boolean isSuccessStatus() {
        return status >= 200 && status < 300;
    }

    /// The activation that the answer's header names; null if it names none.
    public @Nullable String activationId() {
        return activationId;
    }
}
