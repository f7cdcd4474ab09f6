package dev.whirl.server.catalog;

/// A catalog that can't be read; the message names the file.
public final class CatalogException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CatalogException(String message) {
        super(message);
    }

    CatalogException(String message, Throwable cause) {
        super(message, cause);
    }
}
