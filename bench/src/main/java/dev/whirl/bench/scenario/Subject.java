package dev.whirl.bench.scenario;

/// What a scenario calls.
public sealed interface Subject {
    /// `GET /ping`: what the HTTP server and the generator can do at most.
    record Ping() implements Subject {}

    /// A blocking call of an action.
    record Invoke(Function function) implements Subject {}

    /// A function in bare runtime processes, without platform and sandbox.
    record Bare(Function function, int processes) implements Subject {}
}
