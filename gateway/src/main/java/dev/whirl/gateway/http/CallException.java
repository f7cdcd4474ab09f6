package dev.whirl.gateway.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A call has no answer; the message says why, to the operator.
public final class CallException extends IOException {
    /// Why there is none.
    public enum Reason {
        /// Nobody answers there, or nobody who is trusted, or the connection broke.
        AWAY,
        /// There was no whole answer in time.
        TOO_SLOW,
        /// It has more bytes than the caller takes.
        TOO_LONG,
        /// So many calls are under way there that no further one was begun.
        BUSY,
        /// What was to be called is no address.
        NO_ADDRESS
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

    /// There was no connection for it, or none that could be trusted.
    static CallException unsent(Reason reason, String sentence, IOException cause) {
        return new CallException(reason, sentence, cause, true);
    }

    /// Whether nothing of the call was sent and there is time left, so that it may be made elsewhere.
    public boolean isUnsent() {
        return isUnsent;
    }

    public Reason reason() {
        return reason;
    }
}
