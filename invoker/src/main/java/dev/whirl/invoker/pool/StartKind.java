package dev.whirl.invoker.pool;

/// How a job came to its sandbox.
public enum StartKind {
    /// It had the code already.
    WARM,
    /// It was there before the job, without code.
    PREWARMED,
    /// It was started while the job waited.
    COLD
}
