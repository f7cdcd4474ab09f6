package dev.whirl.sandbox.kubernetes.api;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The API server refused something, or could not be reached.
public final class ClusterException extends IOException {
    private static final int MISSING = 404;
    private static final String ALREADY_THERE = "AlreadyExists";

    private final int status;
    private final String reason;

    public ClusterException(String message) {
        super(message);
        status = 0;
        reason = "";
    }

    ClusterException(String what, KubernetesClientException cause) {
        super("%s: %s".formatted(what, sentence(cause)), cause);
        status = cause.getCode();
        reason = reason(cause);
    }

    /// The API server's word for what is wrong, such as `Conflict`; empty if it gives none.
    static String reason(KubernetesClientException failure) {
        return Optional.ofNullable(failure.getStatus()).map(Status::getReason).orElse("");
    }

    /// Whether the thing is not there.
    public boolean isMissing() {
        return status == MISSING;
    }

    /// Whether what was to be made is there already. A conflict of another kind is none of that.
    public boolean isAlreadyThere() {
        return reason.equals(ALREADY_THERE);
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
