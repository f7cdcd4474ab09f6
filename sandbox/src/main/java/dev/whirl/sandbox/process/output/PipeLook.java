package dev.whirl.sandbox.process.output;

import dev.whirl.sandbox.process.system.Posix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// A look at the two pipes of a sandbox with one system call. Guarded by its [SandboxOutput].
final class PipeLook {
    private static final int PIPES = 2;
    private static final int ENTRY_BYTES = 8;
    private static final int EVENTS_OFFSET = 4;

    private final Posix.Buffer entries = new Posix.Buffer(PIPES * ENTRY_BYTES);

    PipeLook(OutputPipe stdout, OutputPipe stderr) {
        fill(0, stdout.descriptor());
        fill(ENTRY_BYTES, stderr.descriptor());
    }

    /// Whether both are empty and still open.
    boolean isNothingThere() {
        return Posix.poll(entries, PIPES, 0) == 0;
    }

    private void fill(long at, int descriptor) {
        MemorySegment memory = entries.data();
        memory.set(ValueLayout.JAVA_INT, at, descriptor);
        memory.set(ValueLayout.JAVA_SHORT, at + EVENTS_OFFSET, Posix.POLLIN);
    }
}
