package dev.whirl.invoker.pool;

/// Why a job gets no sandbox. All but one are the platform's faults.
public enum Reason {
    /// Too many wait already.
    QUEUE_FULL,
    /// It waited too long.
    DEADLINE,
    /// The sandbox could not be started.
    START_FAILED,
    /// The user's own image can't be run; the detail is the sentence for the user.
    IMAGE_UNUSABLE,
    /// It needs more memory than the whole pool has.
    TOO_LARGE,
    /// The pool is being closed; nothing was started.
    STOPPING
}
