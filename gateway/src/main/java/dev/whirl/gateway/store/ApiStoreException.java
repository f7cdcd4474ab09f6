package dev.whirl.gateway.store;

/// The store can't be reached or used; the message says why, to the operator.
public final class ApiStoreException extends RuntimeException {
    public ApiStoreException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
