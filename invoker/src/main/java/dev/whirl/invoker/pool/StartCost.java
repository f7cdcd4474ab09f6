package dev.whirl.invoker.pool;

/// What it is expected to take until a sandbox can run a job.
///
/// @param coldNanos from nothing
/// @param preparedNanos from a stem cell: the init alone
record StartCost(long coldNanos, long preparedNanos) {}
