package dev.whirl.gateway.document;

/// An API document can't be served; the message says what is wrong with it, to its author.
public final class InvalidApiException extends Exception {
    public InvalidApiException(String sentence) {
        super(sentence, null, false, false);
    }

    /// The sentence for the author.
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
