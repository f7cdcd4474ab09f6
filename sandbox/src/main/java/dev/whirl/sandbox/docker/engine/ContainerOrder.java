package dev.whirl.sandbox.docker.engine;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import dev.whirl.sandbox.http.HttpRuntime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What container to make (row K-24). All of them have one process of the image's choice, no new privileges, and a log
/// that nobody keeps: what they print is read as it comes.
///
/// @param environment as `NAME=value`
/// @param network that it is connected with, and no other
/// @param limits how much it may take
/// @param keptCapabilities all others are dropped
/// @param folders where it writes to
/// @param runtime the engine's name of what runs it; empty for its default
/// @param publishes whether its port is reached through this machine's loopback
public record ContainerOrder(
        String name,
        String image,
        List<String> environment,
        Map<String, String> labels,
        String network,
        Limits limits,
        List<String> keptCapabilities,
        Folders folders,
        String runtime,
        boolean publishes) {
    static final String PORT_NAME = HttpRuntime.PORT + "/tcp";

    /// @param cpuShares weight against other containers when processors are scarce
    /// @param nanoCpus most of the processors in 10⁻⁹; zero for no bound
    /// @param disk most of the layer that it writes to, where the engine's storage can bound it; empty for no bound
    public record Limits(
            ByteSize memory, long cpuShares, long nanoCpus, long processes, long openFiles, Optional<ByteSize> disk) {}

    /// Where a container writes to.
    ///
    /// @param hasLayer whether it has a layer of its own for all that is in no other folder; the rest is read-only
    ///     otherwise
    /// @param inMemory folders in memory that counts as the container's
    /// @param size of each of these
    public record Folders(boolean hasLayer, Set<String> inMemory, ByteSize size) {
        public Folders {
            inMemory = Set.copyOf(inMemory);
        }
    }

    public ContainerOrder {
        environment = List.copyOf(environment);
        labels = Map.copyOf(labels);
        keptCapabilities = List.copyOf(keptCapabilities);
    }

    RawJson toJson() {
        var out = new JsonWriter();
        out.startObject().field("Image", image);
        strings(out, "Env", environment);
        out.field("OpenStdin", false).field("AttachStdout", true).field("AttachStderr", true);
        out.name("Labels").startObject();
        labels.forEach(out::field);
        out.endObject();
        out.name("ExposedPorts")
                .startObject()
                .field(PORT_NAME, RawJson.EMPTY_OBJECT)
                .endObject();
        out.name("Healthcheck").startObject();
        strings(out, "Test", List.of("NONE")); // an image's own would run beside the function, outside of its limits
        out.endObject();
        out.name("HostConfig").startObject();
        host(out);
        return out.endObject().endObject().toRawJson();
    }

    private void host(JsonWriter out) {
        out.field("NetworkMode", network)
                .field("Memory", limits.memory().bytes())
                .field("MemorySwap", limits.memory().bytes())
                .field("CpuShares", limits.cpuShares())
                .field("NanoCpus", limits.nanoCpus())
                .field("PidsLimit", limits.processes())
                .field("OomKillDisable", false)
                .field("IpcMode", "private")
                .field("ReadonlyRootfs", !folders.hasLayer());
        if (!runtime.isEmpty()) {
            out.field("Runtime", runtime);
        }
        strings(out, "CapDrop", List.of("ALL"));
        strings(out, "CapAdd", keptCapabilities);
        strings(out, "SecurityOpt", List.of("no-new-privileges"));
        out.name("Ulimits").startArray().startObject().field("Name", "nofile");
        out.field("Soft", limits.openFiles()).field("Hard", limits.openFiles());
        out.endObject().endArray();
        out.name("LogConfig").startObject().field("Type", "none").endObject();
        out.name("Tmpfs").startObject();
        for (String each : new TreeSet<>(folders.inMemory())) {
            out.field(
                    each,
                    "rw,nosuid,nodev,exec,mode=1777,size=" + folders.size().bytes());
        }
        out.endObject();
        limits.disk()
                .ifPresent(size -> out.name("StorageOpt")
                        .startObject()
                        .field("size", Long.toString(size.bytes()))
                        .endObject());
        if (publishes) {
            out.name("PortBindings").startObject().name(PORT_NAME).startArray();
            out.startObject().field("HostIp", "127.0.0.1").field("HostPort", "").endObject();
            out.endArray().endObject();
        }
    }

    private static void strings(JsonWriter out, String name, List<String> values) {
        out.name(name).startArray();
        values.forEach(out::string);
        out.endArray();
    }
}
