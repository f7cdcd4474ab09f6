package dev.whirl.sandbox;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A sandbox could not be started or changed. The message says what was tried, for the operator's log.
public final class SandboxException extends Exception {
    private final @Nullable String sentence;

    public SandboxException(String message) {
        this(message, null, null);
    }

    public SandboxException(String message, Throwable cause) {
        this(message, null, cause);
    }

    private SandboxException(String message, @Nullable String sentence, @Nullable Throwable cause) {
        super(message, cause);
        this.sentence = sentence;
    }

    /// The user's own image can't be run, which is no fault of the platform.
    ///
    /// @param sentence for the user
    public static SandboxException ofImage(String sentence, String message) {
        return new SandboxException(message, sentence, null);
    }

    /// What to tell the user, if it is the user's affair.
    public Optional<String> forUser() {
        return Optional.ofNullable(sentence);
    }
}
