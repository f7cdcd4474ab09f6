package dev.whirl.bus;

/// A message could not be handed over: nobody gets it. Says which topic and why.
public final class BusException extends RuntimeException {
    public BusException(String message) {
        super(message);
    }

    public BusException(String message, Throwable cause) {
        super(message, cause);
    }
}
