package dev.whirl.bench.scenario;

import dev.whirl.bench.http.Endpoint;
import dev.whirl.bench.process.CompilerTime;
import dev.whirl.bench.process.ProcessTree;
import dev.whirl.bench.process.ServerProcess;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A running platform that is measured: where it is, with which key, and as which process if that is known.
///
/// @param isOurs whether it promises what is measured; another platform may refuse parts of it
/// @param operatorAuth the key that reads its metrics, if that is known
public record Target(
        Endpoint endpoint,
        String auth,
        @Nullable Long processId,
        boolean isOurs,
        @Nullable String operatorAuth) {
    /// One whose metrics can't be read.
    public Target(Endpoint endpoint, String auth, @Nullable Long processId, boolean isOurs) {
        this(endpoint, auth, processId, isOurs, null);
    }

    /// The same with the key that reads its metrics.
    public Target withOperator(@Nullable String key) {
        return new Target(endpoint, auth, processId, isOurs, key);
    }

    /// A server of ours.
    public static Target of(ServerProcess server, String auth) {
        return new Target(server.endpoint(), auth, server.id(), true);
    }

    /// The server and what it started; nothing if the process isn't known or can't be looked at.
    public Optional<ProcessTree> processes() {
        return Optional.ofNullable(processId).flatMap(ProcessTree::of);
    }

    /// What the server's compiler has used of processors; zero if the process isn't known.
    public Duration compilerTime() {
        return processId == null ? Duration.ZERO : CompilerTime.of(processId);
    }

    @Override
    public String toString() {
        return endpoint.toString(); // never a key
    }
}
