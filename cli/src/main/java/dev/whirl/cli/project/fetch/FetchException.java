package dev.whirl.cli.project.fetch;

/// What was to be fetched is not here. The message is a reason for the user.
public final class FetchException extends Exception {
    FetchException(String message) {
        super(message);
    }
}
