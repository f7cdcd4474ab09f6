package dev.whirl.sandbox;

/// A sandbox could not be started or changed. The message says what was tried, for the operator's log.
public final class SandboxException extends Exception {
    public SandboxException(String message) {
        super(message);
    }

    public SandboxException(String message, Throwable cause) {
        super(message, cause);
    }
}
