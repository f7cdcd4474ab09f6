package dev.whirl.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The processes of a platform: one, several in a cluster, or none that are known.
public record PlatformProcesses(List<Member> members) {
    public static final PlatformProcesses NONE = new PlatformProcesses(List.of());

    /// @param role what it is: `server`, or in a cluster `controller`, `invoker`, `broker`, `database` and so on
    public record Member(String role, long id) {
        /// Whether it does what a platform in one process does by itself.
        public boolean isServer() {
            return switch (role) {
                case "server", "controller", "invoker" -> true;
                default -> false;
            };
        }
    }

    public PlatformProcesses {
        members = List.copyOf(members);
    }

    /// A platform in one process.
    public static PlatformProcesses of(long id) {
        return new PlatformProcesses(List.of(new Member("server", id)));
    }

    /// Those that `whirl cluster up` has started.
    ///
    /// @param folder where it keeps everything
    /// @throws IOException with a sentence, if no cluster was started there
    public static PlatformProcesses ofCluster(Path folder) throws IOException {
        Path file = folder.resolve("cluster.json");
        if (!Files.isReadable(file)) {
            throw new IOException("no cluster was started in %s: there is no cluster.json".formatted(folder));
        }
        try {
            var members = new ArrayList<Member>();
            for (JsonNode each : JsonMapper.shared().readTree(Files.readAllBytes(file))) {
                members.add(new Member(
                        each.required("role").asString(), each.required("pid").asLong()));
            }
            return new PlatformProcesses(members);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IOException("%s can't be understood".formatted(file), e);
        }
    }

    /// How they stand at this moment; those that can't be seen are left out.
    public Map<Member, ProcessTree> look() {
        if (members.isEmpty()) {
            return Map.of();
        }
        List<ProcessStat> all = ProcessTree.readAll();
        var seen = new LinkedHashMap<Member, ProcessTree>();
        members.forEach(each -> ProcessTree.from(each.id(), all).ifPresent(tree -> seen.put(each, tree)));
        return seen;
    }

    /// What the compilers of all that run on a JVM have used of processors.
    public Duration compilerTime() {
        return members.stream().map(each -> CompilerTime.of(each.id())).reduce(Duration.ZERO, Duration::plus);
    }
}
