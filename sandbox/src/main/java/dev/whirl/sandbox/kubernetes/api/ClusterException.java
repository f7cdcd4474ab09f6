package dev.whirl.sandbox.kubernetes.api;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The API server refused something, or could not be reached.
public final class ClusterException extends IOException {
    private static final int MISSING = 404;
    private static final int CONFLICT = 409;

    private final int status;

    public ClusterException(String message) {
        super(message);
        status = 0;
    }

    ClusterException(String what, KubernetesClientException cause) {
        super("%s: %s".formatted(what, sentence(cause)), cause);
        status = cause.getCode();
    }

    /// Whether the thing is not there.
    public boolean isMissing() {
        return status == MISSING;
    }

    /// Whether it is there already, or was changed by somebody else meanwhile.
    public boolean isConflict() {
        return status == CONFLICT;
    }

    private static String sentence(KubernetesClientException cause) {
        String told = cause.getStatus() == null ? null : cause.getStatus().getMessage();
        Throwable reason = cause.getCause();
        if (told != null) {
            return "%s (%d)".formatted(told, cause.getCode());
        }
        return cause.getCode() > 0
                ? "the API server answered %d".formatted(cause.getCode())
                : text(reason == null ? cause : reason);
    }

    private static String text(Throwable reason) {
        @Nullable String message = reason.getMessage();
        return message == null ? reason.getClass().getSimpleName() : message;
    }
}
