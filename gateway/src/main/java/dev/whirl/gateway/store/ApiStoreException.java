package dev.whirl.gateway.store;

/// The store can't be reached or used; the message says why, to the operator.
public final class ApiStoreException extends RuntimeException {
    private final boolean isCertain;

    /// Nothing was written.
    public ApiStoreException(String sentence, Throwable cause) {
        this(sentence, cause, true);
    }

    private ApiStoreException(String sentence, Throwable cause, boolean isCertain) {
        super(sentence, cause);
        this.isCertain = isCertain;
    }

    /// Nobody knows whether it was written: the answer was lost.
    public static ApiStoreException uncertain(String sentence, Throwable cause) {
        return new ApiStoreException(sentence, cause, false);
    }

    /// Whether it is known that nothing was written.
    public boolean isCertain() {
        return isCertain;
    }
}
