package dev.whirl.sandbox.process.limit;

import dev.whirl.common.units.ByteSize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A place in the machine's control groups where this server may make groups of its own.
///
/// | kind    | needs                                                                       |
/// |---------|-----------------------------------------------------------------------------|
/// | version 1 | memory and pids writable; cpu and freezer are used if they are writable too |
/// | version 2 | memory and pids can be handed on from a writable group                      |
public sealed interface ControlGroups permits LegacyGroups, UnifiedGroups {
    /// @param name unique in this process: letters, digits, dashes
    ResourceGroup create(String name, ByteSize memory, int maxProcesses) throws IOException;

    /// For the operator: which version, and where.
    String description();

    /// The folders whose children are the groups of this server and of others like it.
    List<Path> parents();

    /// Removes the folders of this server. Its groups are gone by then.
    void close();

    /// Finds where groups can be made; empty where that is nowhere.
    ///
    /// @param serverName of the folder for this server's groups
    static Optional<ControlGroups> detect(String serverName) {
        return detect(Mounts.read(Path.of("/proc/self")), serverName);
    }

    static Optional<ControlGroups> detect(Mounts mounts, String serverName) {
        return LegacyGroups.detect(mounts, serverName)
                .<ControlGroups>map(found -> found)
                .or(() -> UnifiedGroups.detect(mounts, serverName));
    }
}
