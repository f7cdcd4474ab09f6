package dev.whirl.server.admin;

/// The words of a command make no sense: exit code 2. The message says why.
final class MisuseException extends RuntimeException {
    MisuseException(String message) {
        super(message, null, false, false);
    }
}
