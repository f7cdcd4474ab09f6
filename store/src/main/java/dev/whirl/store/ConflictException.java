package dev.whirl.store;

/// A document was changed by somebody else since it was read, or exists where it was to be created (row R-16).
public final class ConflictException extends Exception {
    public ConflictException(String document) {
        super("lost update of " + document, null, false, false);
    }
}
