package dev.whirl.store;

import org.jspecify.annotations.Nullable;

/// The store can't do its work: with one document, or at all. The message says why, for the operator.
public abstract sealed class StoreException extends RuntimeException {
    private StoreException(String message, @Nullable Throwable cause, boolean hasTrace) {
        super(message, cause, true, hasTrace);
    }

    /// One document or text can't be read, though the store works (row R-16). Trying again does not help; the
    /// document can still be replaced and deleted.
    public static final class Corrupted extends StoreException {
        private final String document;

        /// @param document which one, as an operator knows it: an entity's id, a hash of code
        public Corrupted(String document, String message, @Nullable Throwable cause) {
            super(message, cause, true);
            this.document = document;
        }

        public String document() {
            return document;
        }
    }

    /// The store as a whole takes or gives nothing at present: a full disk, too many long reads, a database out of
    /// reach, closed. Nothing is wrong with what was asked for. The store itself says so in its log, at most once a
    /// minute, so that whoever catches this need not; it carries no stack trace of its own.
    public static final class Unavailable extends StoreException {
        public Unavailable(String message) {
            this(message, null);
        }

        public Unavailable(String message, @Nullable Throwable cause) {
            super(message, cause, false);
        }
    }
}
