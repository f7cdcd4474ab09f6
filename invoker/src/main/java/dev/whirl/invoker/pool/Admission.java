package dev.whirl.invoker.pool;

/// What becomes of a job that asks for a sandbox.
public sealed interface Admission {
    /// It has a place. Close the lease to give it back.
    record Granted(Lease lease) implements Admission {}

    /// It gets none.
    ///
    /// @param detail for the operator's log; for [Reason#IMAGE_UNUSABLE] also for the user
    record Refused(Reason reason, String detail) implements Admission {}
}
