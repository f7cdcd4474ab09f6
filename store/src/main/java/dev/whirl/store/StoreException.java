package dev.whirl.store;

/// The store can't do its work: a full disk, a broken file, a database out of reach. The message says which, for
/// the operator.
public final class StoreException extends RuntimeException {
    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
