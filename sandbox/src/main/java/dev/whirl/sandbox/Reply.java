package dev.whirl.sandbox;

/// What became of an init or a run.
public sealed interface Reply {
    /// The runtime answered, in the words of the HTTP contract (row K-12).
    ///
    /// @param status 200 for success
    /// @param body what it said; its beginning if it was longer than the limit. Nobody changes the array
    /// @param fullSizeBytes how long the body was
    @SuppressWarnings("ArrayRecordComponent") // passed through once, on the path of every invocation
    record Answered(int status, byte[] body, long fullSizeBytes) implements Reply {
        public boolean isTruncated() {
            return fullSizeBytes > body.length;
        }
    }

    /// No answer in time. The code may still be running until the sandbox is closed.
    record TimedOut() implements Reply {}

    /// The runtime ended before it answered.
    ///
    /// @param detail for the operator's log
    record Died(Cause cause, String detail) implements Reply {
        /// Why it ended.
        public enum Cause {
            EXITED,
            OUT_OF_MEMORY,
            /// The platform took it away: its machine failed, or was needed for something else.
            LOST
        }
    }

    /// Nothing of the request reached the runtime: it can be made again on another sandbox (row I-22).
    record NotReached(String detail) implements Reply {}
}
