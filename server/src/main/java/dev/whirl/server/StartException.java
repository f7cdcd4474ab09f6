package dev.whirl.server;

/// The platform can't start. The message is one line for the person who started it.
final class StartException extends RuntimeException {
    StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
