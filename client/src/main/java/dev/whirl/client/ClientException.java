package dev.whirl.client;

import org.jspecify.annotations.Nullable;

/// A call that did not succeed: the server refused it, its answer was not understood, or it was not reached.
public abstract sealed class ClientException extends RuntimeException
        permits ApiErrorException, NotUnderstoodException, ConnectionException {
    ClientException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
