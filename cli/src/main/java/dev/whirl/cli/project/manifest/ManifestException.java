package dev.whirl.cli.project.manifest;

/// A manifest that cannot be used. The message names file, line and column.
public final class ManifestException extends RuntimeException {
    public ManifestException(String message) {
        super(message);
    }
}
