package dev.whirl.invoker.pool;

/// What happens to a sandbox; times are monotonic nanoseconds.
public sealed interface SandboxEvent {
    /// It takes an init.
    record Started(long atNanos) implements SandboxEvent {}

    /// A job got a place in it.
    record Claimed() implements SandboxEvent {}

    /// The job that had it alone has initialized or thawed it.
    record Prepared() implements SandboxEvent {}

    /// A job gave its place back.
    record RunEnded() implements SandboxEvent {}

    /// It has been shared for so long without a break that it has to be looked over soon.
    record InspectionDue() implements SandboxEvent {}

    /// It was looked over when it was empty, and nothing was left behind.
    record FoundClean(long atNanos) implements SandboxEvent {}

    /// It has been idle long enough to be frozen.
    record PauseDue() implements SandboxEvent {}

    /// It is frozen.
    record Frozen() implements SandboxEvent {}

    /// It shall take no more runs.
    record Retired() implements SandboxEvent {}

    /// A job gave its place back with a sandbox that must not be used again, or it could not be started.
    record Broke() implements SandboxEvent {}
}
