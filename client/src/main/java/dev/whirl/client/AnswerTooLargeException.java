package dev.whirl.client;

import java.io.IOException;

/// The answer is larger than what this process may keep in memory. The same call would be answered in the same way.
public final class AnswerTooLargeException extends IOException {
    private static final long MEGABYTE = 1024 * 1024;

    /// @param maxBytes of the body of an answer
    public AnswerTooLargeException(long maxBytes) {
        super("the answer is too large: more than "
                + (maxBytes < MEGABYTE ? maxBytes + " bytes" : maxBytes / MEGABYTE + " MB"));
    }
}
