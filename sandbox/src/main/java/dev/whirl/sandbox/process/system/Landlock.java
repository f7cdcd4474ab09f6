package dev.whirl.sandbox.process.system;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// The kernel's Landlock, for the one thing that namespaces don't give where functions share this machine's network:
/// no connections to abstract Unix sockets of others (Linux 6.12).
public final class Landlock {
    private static final long CREATE_RULESET = 444; // the same on all machines
    private static final long RESTRICT_SELF = 446;
    private static final long VERSION_ONLY = 1;
    private static final long FIRST_WITH_SCOPES = 6;
    private static final long SCOPE_ABSTRACT_UNIX_SOCKET = 1;
    private static final int NO_NEW_PRIVILEGES = 38;

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final MethodHandle SYSCALL = call(
            "syscall",
            FunctionDescriptor.of(LONG, LONG, ValueLayout.ADDRESS, LONG, LONG),
            Linker.Option.firstVariadicArg(1));
    private static final MethodHandle RESTRICT =
            call("syscall", FunctionDescriptor.of(LONG, LONG, LONG, LONG), Linker.Option.firstVariadicArg(1));
    private static final MethodHandle PRCTL = call(
            "prctl",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, LONG, LONG, LONG, LONG),
            Linker.Option.firstVariadicArg(1));

    private Landlock() {}

    /// Keeps the calling thread, and all processes that it starts from now on, from abstract sockets that were not made
    /// by such a process. They can't get new privileges either. False, and nothing changed, where the kernel can't.
    public static boolean keepFromAbstractSockets() {
        try (Arena arena = Arena.ofConfined()) {
            if (!hasScopes()) {
                return false;
            }
            MemorySegment attributes = arena.allocate(LONG, 3); // files, network, scopes
            attributes.setAtIndex(LONG, 2, SCOPE_ABSTRACT_UNIX_SOCKET);
            long rules = (long) SYSCALL.invokeExact(CREATE_RULESET, attributes, attributes.byteSize(), 0L);
            if (rules < 0) {
                return false;
            }
            boolean isSet = (int) PRCTL.invokeExact(NO_NEW_PRIVILEGES, 1L, 0L, 0L, 0L) == 0;
            boolean isRestricted = isSet && (long) RESTRICT.invokeExact(RESTRICT_SELF, rules, 0L) == 0;
            Posix.close((int) rules);
            return isRestricted;
        } catch (Throwable e) {
            throw new IllegalStateException("a call of the C library failed", e);
        }
    }

    /// Whether the kernel can.
    public static boolean hasScopes() {
        try {
            return (long) SYSCALL.invokeExact(CREATE_RULESET, MemorySegment.NULL, 0L, VERSION_ONLY)
                    >= FIRST_WITH_SCOPES;
        } catch (Throwable e) {
            throw new IllegalStateException("a call of the C library failed", e);
        }
    }

    @SuppressWarnings("restricted") // the C library's own functions
    private static MethodHandle call(String name, FunctionDescriptor descriptor, Linker.Option option) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor, option);
    }
}
