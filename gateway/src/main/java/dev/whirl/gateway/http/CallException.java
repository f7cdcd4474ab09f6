package dev.whirl.gateway.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A call has no answer; the message says why, to the operator.
public final class CallException extends IOException {
    /// Why there is none.
    public enum Reason {
        /// Nobody answers there, or the connection broke.
        AWAY,
        /// There was no whole answer in time.
        TOO_SLOW,
        /// It has more bytes than the caller takes.
        TOO_LONG,
        /// So many calls are under way there that no further one was begun.
        BUSY
    }

    private final Reason reason;

    CallException(Reason reason, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
