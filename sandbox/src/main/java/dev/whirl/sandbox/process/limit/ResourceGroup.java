package dev.whirl.sandbox.process.limit;

import dev.whirl.common.units.ByteSize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// The processes of one sandbox as something that has limits and can be frozen and killed.
public interface ResourceGroup {
    /// The files that a process writes its pid into to join, before it does anything else.
    List<Path> joinFiles();

    /// Tells that its first process runs; what joins by a file needs that not.
    default void startedAs(long pid) {}

    /// Whether the kernel counts all memory of the group, and kills it above the limit.
    boolean limitsMemory();

    void resize(ByteSize memory) throws IOException;

    /// The processes in it now.
    Set<Long> processes();

    /// How many of its processes the kernel killed for want of memory.
    long outOfMemoryKills();

    boolean canFreeze();

    /// Asks the kernel to stop all its processes; they stop at once but for those in a system call.
    void freeze() throws IOException;

    void thaw() throws IOException;

    /// Sends SIGKILL to all its processes, even if they fork faster than one can look.
    void killAll();

    /// Removes what it left in the system; true once that has worked. Nothing must run in it.
    boolean remove();
}
