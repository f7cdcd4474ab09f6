package dev.whirl.sandbox.process.system;

import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;

/// Calls of the C library, with their error numbers as results or [IOException].
public final class Posix {
    public static final int SIGKILL = 9;
    public static final int SIGSTOP = 19;
    public static final short POLLIN = 1;

    /// Results of [#read]: nothing there now, and a broken descriptor.
    public static final int NOTHING_NOW = -1;

    public static final int BROKEN = -2;

    private static final int EINTR = 4;
    private static final int EAGAIN = 11;
    private static final int O_RDONLY_NONBLOCK_CLOEXEC = 0x800 | 0x80000;
    private static final int STATVFS_BYTES = 256;
    private static final int STATVFS_BLOCK_SIZE_OFFSET = 8;
    private static final int STATVFS_BLOCKS_OFFSET = 16;
    private static final int STATVFS_FILES_OFFSET = 40;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final AddressLayout POINTER = ValueLayout.ADDRESS;

    private static final MethodHandle MKFIFO = call("mkfifo", FunctionDescriptor.of(INT, POINTER, INT));
    private static final MethodHandle OPEN = call("open", FunctionDescriptor.of(INT, POINTER, INT));
    private static final MethodHandle CLOSE = call("close", FunctionDescriptor.of(INT, INT));
    private static final MethodHandle READ = call("read", FunctionDescriptor.of(LONG, INT, POINTER, LONG));
    private static final MethodHandle PREAD = call("pread", FunctionDescriptor.of(LONG, INT, POINTER, LONG, LONG));
    private static final MethodHandle POLL = call("poll", FunctionDescriptor.of(INT, POINTER, LONG, INT));
    private static final MethodHandle KILL = call("kill", FunctionDescriptor.of(INT, INT, INT));
    private static final MethodHandle STATVFS = call("statvfs", FunctionDescriptor.of(INT, POINTER, POINTER));

    private Posix() {}

    /// Memory outside of the heap to read into. Not for use by several threads at a time.
    public static final class Buffer {
        private final MemorySegment data;
        private final MemorySegment state;

        public Buffer(int sizeBytes) {
            data = Arena.ofAuto().allocate(sizeBytes, Long.BYTES);
            state = Arena.ofAuto().allocate(STATE);
        }

        public MemorySegment data() {
            return data;
        }
    }

    /// Makes a named pipe that only its owner can open.
    public static void makePipe(Path path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int result = (int) MKFIFO.invokeExact(state, arena.allocateFrom(path.toString()), 0600);
            check(result, state, "mkfifo " + path);
        } catch (Throwable e) {
            throw rethrown(e);
        }
    }

    /// Opens for reading without blocking, closed in child processes; gives the descriptor.
    public static int openForReading(Path path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int descriptor =
                    (int) OPEN.invokeExact(state, arena.allocateFrom(path.toString()), O_RDONLY_NONBLOCK_CLOEXEC);
            check(descriptor, state, "open " + path);
            return descriptor;
        } catch (Throwable e) {
            throw rethrown(e);
        }
    }

    /// Reads what is there: a count, zero at the end, [#NOTHING_NOW] or [#BROKEN].
    public static int read(int descriptor, Buffer buffer) {
        try {
            long count = (long) READ.invokeExact(buffer.state, descriptor, buffer.data, buffer.data.byteSize());
            if (count >= 0) {
                return (int) count;
            }
            int errno = (int) ERRNO.get(buffer.state, 0L);
            return errno == EAGAIN || errno == EINTR ? NOTHING_NOW : BROKEN;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// As [#read], from the beginning of a file.
    public static int readFromStart(int descriptor, Buffer buffer) {
        try {
            long count = (long) PREAD.invokeExact(buffer.state, descriptor, buffer.data, buffer.data.byteSize(), 0L);
            return count >= 0 ? (int) count : BROKEN;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// Waits until one of the descriptors can be read.
    ///
    /// @param entries in its memory `struct pollfd`: descriptor, events, returned events
    /// @return how many can be read; zero after the time, [#NOTHING_NOW] after a signal
    public static int poll(Buffer entries, int count, int waitMillis) {
        try {
            int ready = (int) POLL.invokeExact(entries.state, entries.data, (long) count, waitMillis);
            return ready < 0 ? NOTHING_NOW : ready;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    public static void close(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            var _ = (int) CLOSE.invokeExact(arena.allocate(STATE), descriptor);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// Sends a signal; true if there was such a process.
    public static boolean kill(long pid, int signal) {
        if (pid <= 1) {
            return false; // 0, -1 and negative numbers mean groups of processes
        }
        try (Arena arena = Arena.ofConfined()) {
            return (int) KILL.invokeExact(arena.allocate(STATE), (int) pid, signal) == 0;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// What is in the file system of that path; nothing if that can't be known.
    public static FileSystemUse fileSystemUse(Path path) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment result = arena.allocate(STATVFS_BYTES, Long.BYTES);
            int code = (int) STATVFS.invokeExact(arena.allocate(STATE), arena.allocateFrom(path.toString()), result);
            if (code != 0) {
                return FileSystemUse.NOTHING;
            }
            long blocks = used(result, STATVFS_BLOCKS_OFFSET);
            long bytes = blocks * result.get(LONG, STATVFS_BLOCK_SIZE_OFFSET);
            return new FileSystemUse(bytes, used(result, STATVFS_FILES_OFFSET));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// The total stands before what is free.
    private static long used(MemorySegment result, int offset) {
        return result.get(LONG, offset) - result.get(LONG, offset + Long.BYTES);
    }

    @SuppressWarnings("restricted") // the C library's own functions, with their signatures from POSIX
    private static MethodHandle call(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), descriptor, Linker.Option.captureCallState("errno"));
    }

    private static void check(int result, MemorySegment state, String what) throws IOException {
        if (result < 0) {
            throw new IOException("%s failed with error %d".formatted(what, (int) ERRNO.get(state, 0L)));
        }
    }

    private static IOException rethrown(Throwable e) {
        return e instanceof IOException known ? known : new IOException(e);
    }

    private static IllegalStateException unexpected(Throwable e) {
        return new IllegalStateException("a call of the C library failed", e);
    }
}
