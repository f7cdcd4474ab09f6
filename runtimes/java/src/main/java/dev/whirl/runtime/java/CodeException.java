package dev.whirl.runtime.java;

/// The action's code cannot be used. The message is a sentence for its author.
final class CodeException extends Exception {
    CodeException(String sentence) {
        super(sentence);
    }

    /// Never absent, unlike that of exceptions in general.
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
