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
    private final boolean isUnsent;

    CallException(Reason reason, String sentence, @Nullable Throwable cause) {
        this(reason, sentence, cause, false);
    }

    private CallException(Reason reason, String sentence, @Nullable Throwable cause, boolean isUnsent) {
        super(sentence, cause);
        this.reason = reason;
        this.isUnsent = isUnsent;
    }

    /// Nobody could be connected to.
    static CallException unconnected(IOException cause) {
        return new CallException(Reason.AWAY, String.valueOf(cause.getMessage()), cause, true);
    }

    /// Whether nothing of the call was sent, so that it may be made elsewhere.
    public boolean isUnsent() {
        return isUnsent;
    }

    public Reason reason() {
        return reason;
    }
}
