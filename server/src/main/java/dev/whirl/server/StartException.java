package dev.whirl.server;

import org.jspecify.annotations.Nullable;

/// The platform can't start. The message is one line for the person who started it.
final class StartException extends RuntimeException {
    StartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
