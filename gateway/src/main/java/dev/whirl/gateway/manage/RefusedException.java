package dev.whirl.gateway.manage;

/// What somebody asked for is not done; the message says why, to them.
public final class RefusedException extends Exception {
    private final int status;

    RefusedException(int status, String sentence) {
        super(sentence, null, false, false);
        this.status = status;
    }

    /// The HTTP status.
    public int status() {
        return status;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
