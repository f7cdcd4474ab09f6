package dev.whirl.sandbox.process.limit;

import dev.whirl.sandbox.process.system.Posix;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/// Control groups whose server is gone.
public final class AbandonedGroups {
    private static final int ROUNDS = 100;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private AbandonedGroups() {}

    /// Kills what runs in them and lets what was frozen end. First for all parents: with control groups of version 1 a
    /// process is in a group of each, and only one of them can thaw it.
    public static void end(Path parent, Predicate<String> isAbandoned) {
        for (Path group : children(parent)) {
            if (isAbandoned.test(group.getFileName().toString())) {
                end(group);
            }
        }
    }

    /// Kills what runs in them and removes them, for at most a second each.
    ///
    /// @param parent whose children to look at
    /// @param isAbandoned by a child's name
    public static void remove(Path parent, Predicate<String> isAbandoned) {
        for (Path group : children(parent)) {
            if (isAbandoned.test(group.getFileName().toString())) {
                for (int round = 0; round < ROUNDS && !isRemoved(group); round++) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        }
    }

    private static void end(Path group) {
        children(group).forEach(AbandonedGroups::end);
        Path state = group.resolve("freezer.state");
        if (Files.exists(state)) {
            ControlFiles.tryWrite(state, "THAWED");
        }
        ControlFiles.pids(group.resolve("cgroup.procs")).forEach(pid -> Posix.kill(pid, Posix.SIGKILL));
    }

    private static boolean isRemoved(Path group) {
        end(group);
        children(group).forEach(AbandonedGroups::isRemoved);
        return ControlFiles.removeGroup(group);
    }

    private static List<Path> children(Path group) {
        var found = new ArrayList<Path>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(group, Files::isDirectory)) {
            all.forEach(found::add);
        } catch (IOException e) {
            return List.of();
        }
        return found;
    }
}
