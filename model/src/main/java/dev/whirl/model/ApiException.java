package dev.whirl.model;

/// Ends a request: the status and the sentence that the caller gets in the error envelope (row R-6).
/// Carries no stack trace: it is an answer, not a bug.
public final class ApiException extends RuntimeException {
    private final ErrorCode code;

    public ApiException(ErrorCode code) {
        this(code, code.sentence());
    }

    public ApiException(ErrorCode code, String sentence) {
        super(sentence, null, false, false);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }

    /// The sentence for the caller.
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
