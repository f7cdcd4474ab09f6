package dev.whirl.sandbox.process.launch;

import dev.whirl.common.units.ByteSize;
import java.nio.file.Path;
import java.util.List;

/// One start of a runtime.
///
/// @param joins the control group files that the process writes its pid into first
/// @param countsAllMemory whether a control group limits its memory and its processes
/// @param mayFork whether a warm parent may do it
public record Launch(
        String runtime,
        ByteSize memory,
        SandboxFolder folder,
        List<Path> joins,
        boolean countsAllMemory,
        boolean mayFork) {
    public Launch {
        joins = List.copyOf(joins);
    }
}
