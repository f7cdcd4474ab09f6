package dev.whirl.cli.command;

import dev.whirl.client.ApiErrorException;
import dev.whirl.client.ClientException;
import dev.whirl.client.ConnectionException;
import dev.whirl.client.NotUnderstoodException;

/// What the process tells its caller (row L-30).
public final class ExitCodes {
    public static final int OK = 0;
    public static final int GENERAL = 1;
    public static final int USAGE = 2;
    public static final int NETWORK = 3;
    public static final int NOT_UNDERSTOOD = 4;

    /// Ended by Ctrl-C in the middle of something, as shells write it.
    public static final int INTERRUPTED = 130;

    /// A blocking invocation that goes on.
    public static final int STILL_RUNNING = 202;

    private ExitCodes() {}

    public static int of(ClientException failure) {
        return switch (failure) {
            case ApiErrorException e -> ofStatus(e.status());
            case NotUnderstoodException e -> e.isSuccessStatus() ? NOT_UNDERSTOOD : ofStatus(e.status());
            case ConnectionException e -> e.isOwnCertificate() ? GENERAL : NETWORK;
        };
    }

    /// An HTTP status, as far as it fits into an exit code.
    public static int ofStatus(int status) {
        return status % 256;
    }
}
