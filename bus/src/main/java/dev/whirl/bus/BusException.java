package dev.whirl.bus;

/// A message could not be handed over. Says which topic and why.
public final class BusException extends RuntimeException {
    private final boolean isUncertain;

    /// Nobody gets it.
    public BusException(String message) {
        super(message);
        this.isUncertain = false;
    }

    /// Nobody gets it.
    public BusException(String message, Throwable cause) {
        this(message, cause, false);
    }

    private BusException(String message, Throwable cause, boolean isUncertain) {
        super(message, cause);
        this.isUncertain = isUncertain;
    }

    /// It was sent and nobody said that it arrived.
    public static BusException uncertain(String message, Throwable cause) {
        return new BusException(message, cause, true);
    }

    /// Whether the message may arrive all the same. An invocation must then not be sent once more: it could run
    /// twice.
    public boolean isUncertain() {
        return isUncertain;
    }
}
