package dev.whirl.model.json;

/// The bytes are not JSON in UTF-8, or nest deeper than allowed. The message says what and where, for the user.
public final class MalformedJsonException extends Exception {
    public MalformedJsonException(String message) {
        super(message);
    }
}
