package dev.whirl.model.json;

/// A stored document or a message can't be understood: a field is missing, has another type or an impossible
/// value. The message says which, for the operator.
public final class MalformedDocumentException extends RuntimeException {
    public MalformedDocumentException(String message) {
        super(message);
    }

    public MalformedDocumentException(String message, Throwable cause) {
        super(message, cause);
    }
}
