package dev.whirl.bench.scenario;

import dev.whirl.bench.http.Endpoint;
import dev.whirl.bench.process.PlatformProcesses;
import dev.whirl.bench.process.ProcessTree;
import dev.whirl.bench.process.ServerProcess;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A running platform that is measured: where it is, with which key, and as which processes if they are known.
///
/// @param isOurs whether it promises what is measured; another platform may refuse parts of it
/// @param operatorAuth the key that reads its metrics, if that is known
public record Target(
        Endpoint endpoint,
        String auth,
        PlatformProcesses platform,
        boolean isOurs,
        @Nullable String operatorAuth) {
    /// One whose metrics can't be read.
    ///
    /// @param processId null if it is not known
    public Target(Endpoint endpoint, String auth, @Nullable Long processId, boolean isOurs) {
        this(
                endpoint,
                auth,
                processId == null ? PlatformProcesses.NONE : PlatformProcesses.of(processId),
                isOurs,
                null);
    }

    /// The same with the key that reads its metrics.
    public Target withOperator(@Nullable String key) {
        return new Target(endpoint, auth, platform, isOurs, key);
    }

    /// A server of ours.
    public static Target of(ServerProcess server, String auth) {
        return new Target(server.endpoint(), auth, server.id(), true);
    }

    /// The platform's processes with what they started; nothing if they aren't known or can't be looked at.
    public Map<PlatformProcesses.Member, ProcessTree> processes() {
        return platform.look();
    }

    /// What the platform's compilers have used of processors; zero if its processes aren't known.
    public Duration compilerTime() {
        return platform.compilerTime();
    }

    @Override
    public String toString() {
        return endpoint.toString(); // never a key
    }
}
