package dev.whirl.store;

/// A document was changed by somebody else since it was read, or exists where it was to be created (row R-16).
/// Nothing was written.
public final class ConflictException extends Exception {
    private final String document;

    /// @param document the id of the entity, or the name of another document, that was in the way
    public ConflictException(String document) {
        super("lost update of " + document, null, false, false);
        this.document = document;
    }

    public String document() {
        return document;
    }
}
