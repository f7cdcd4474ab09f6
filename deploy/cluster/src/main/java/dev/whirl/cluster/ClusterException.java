package dev.whirl.cluster;

/// The cluster can't be started, looked at or stopped; the message says why and what to do.
final class ClusterException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ClusterException(String message) {
        super(message);
    }

    ClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}
