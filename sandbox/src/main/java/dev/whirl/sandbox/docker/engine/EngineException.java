package dev.whirl.sandbox.docker.engine;

import java.io.IOException;

/// The engine refused a request.
public final class EngineException extends IOException {
    private final int status;

    EngineException(int status, String message) {
        super(message);
        this.status = status;
    }

    /// As in HTTP: 404 for what is not there, 409 for what can't be done now.
    public int status() {
        return status;
    }

    /// Whether what the request named is not there.
    public boolean isMissing() {
        return status == 404;
    }

    /// Whether it can't be done now.
    boolean isConflict() {
        return status == 409;
    }
}
