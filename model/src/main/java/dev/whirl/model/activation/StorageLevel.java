package dev.whirl.model.activation;

import dev.whirl.model.activation.ActivationResponse.Status;

/// Which activations leave a record (row R-139).
public enum StorageLevel {
    ALWAYS,
    FAILURES,
    FAILURES_NOT_APPLICATION_ERRORS;

    public boolean keeps(Status status) {
        return switch (this) {
            case ALWAYS -> true;
            case FAILURES -> status != Status.SUCCESS;
            case FAILURES_NOT_APPLICATION_ERRORS -> status != Status.SUCCESS && status != Status.APPLICATION_ERROR;
        };
    }
}
