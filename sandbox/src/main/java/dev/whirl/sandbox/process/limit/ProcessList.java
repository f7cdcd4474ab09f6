package dev.whirl.sandbox.process.limit;

import dev.whirl.sandbox.process.system.Posix;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Set;

/// The processes of one control group. Asked after every run, nearly always with the same answer, so that is kept and
/// only compared with what the kernel says: three system calls and no parsing. `this` guards everything.
final class ProcessList {
    /// The kernel gives a page at a time, and ends it where the next line would not fit.
    private static final int PAGE_BYTES = 4096;

    private static final int LONGEST_LINE = 21;

    private final Path file;
    private final Posix.Buffer buffer = new Posix.Buffer(PAGE_BYTES);
    private MemorySegment lastText = MemorySegment.ofArray(new byte[0]);
    private Set<Long> last = Set.of();

    /// @param file `cgroup.procs`; opened anew each time: an open one of version 1 shows an old list for a second
    ProcessList(Path file) {
        this.file = file;
    }

    /// Their numbers; none if the group is gone.
    synchronized Set<Long> now() {
        int count = read();
        if (count > PAGE_BYTES - LONGEST_LINE) {
            return ControlFiles.pids(file);
        }
        MemorySegment text = buffer.data().asSlice(0, Math.max(0, count));
        if (text.mismatch(lastText) >= 0) {
            byte[] copy = text.toArray(ValueLayout.JAVA_BYTE);
            last = Set.copyOf(ControlFiles.pids(copy));
            lastText = MemorySegment.ofArray(copy);
        }
        return last;
    }

    private int read() {
        int descriptor;
        try {
            descriptor = Posix.openForReading(file);
        } catch (IOException e) {
            return 0;
        }
        try {
            return Posix.read(descriptor, buffer);
        } finally {
            Posix.close(descriptor);
        }
    }
}
