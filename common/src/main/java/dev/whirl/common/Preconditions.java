package dev.whirl.common;

import org.jspecify.annotations.Nullable;

/// Checks of arguments in constructors: what is wrong, in a sentence with the value.
public final class Preconditions {
    private Preconditions() {}

    /// Throws [IllegalArgumentException] with the formatted sentence unless the condition holds.
    public static void require(boolean condition, String sentence, @Nullable Object... values) {
        if (!condition) {
            throw new IllegalArgumentException(sentence.formatted(values));
        }
    }
}
