package dev.whirl.feeds.feed;

import java.util.Optional;

/// What was asked for can't be done; nothing was changed.
public final class InvalidFeedException extends Exception {
    private final int status;

    /// @param status as HTTP has them
    /// @param sentence for the user
    public InvalidFeedException(int status, String sentence) {
        super(sentence, null, false, false);
        this.status = status;
    }

    public static InvalidFeedException badRequest(String sentence) {
        return new InvalidFeedException(400, sentence);
    }

    /// The value, or a bad request if there is none.
    static <T> T required(Optional<T> value, String otherwise) throws InvalidFeedException {
        return value.orElseThrow(() -> badRequest(otherwise));
    }

    public int status() {
        return status;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
