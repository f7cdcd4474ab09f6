package dev.whirl.bench.scenario;

import dev.whirl.bench.http.Endpoint;
import dev.whirl.bench.process.ProcessTree;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A running platform that is measured: where it is, with which key, and as which process if that is known.
public record Target(
        Endpoint endpoint, String auth, @Nullable Long processId) {
    /// The server and what it started; nothing if the process isn't known or can't be looked at.
    public Optional<ProcessTree> processes() {
        return Optional.ofNullable(processId).flatMap(ProcessTree::of);
    }

    @Override
    public String toString() {
        return endpoint.toString(); // never the key
    }
}
