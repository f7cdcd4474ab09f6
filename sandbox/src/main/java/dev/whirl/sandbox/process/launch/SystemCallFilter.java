package dev.whirl.sandbox.process.launch;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Builds the seccomp program that every process of a sandbox runs under.
///
/// | call                                  | result                                    |
/// |---------------------------------------|-------------------------------------------|
/// | of another architecture               | the process is killed                     |
/// | newer than this filter, and `clone3`  | ENOSYS: programs fall back to older calls |
/// | in the list, or making a namespace    | EPERM                                     |
/// | a socket but local, IPv4, IPv6, route | EAFNOSUPPORT                              |
/// | sizing a socket's buffers (*)         | nothing happens, as if it had been done   |
/// | anything else                         | allowed                                   |
///
/// (*) Only where nobody counts what the kernel holds for a sandbox: each buffer could have many megabytes. A size is a
/// hint, and programs that give one go on with the kernel's own.
final class SystemCallFilter {
    /// An architecture that the filter is written for.
    enum Machine {
        X86_64(0xC000003E),
        AARCH64(0xC00000B7);

        private final int audit;

        Machine(int audit) {
            this.audit = audit;
        }

        /// That of this Java, as `os.arch` calls it.
        static Optional<Machine> of(String name) {
            return switch (name) {
                case "amd64", "x86_64" -> Optional.of(X86_64);
                case "aarch64", "arm64" -> Optional.of(AARCH64);
                default -> Optional.empty();
            };
        }
    }

    private static final int EPERM = 1;
    private static final int ENOSYS = 38;
    private static final int EAFNOSUPPORT = 97;

    private static final int NEW_NAMESPACES = 0x00020000 // mount
            | 0x02000000 // cgroup
            | 0x04000000 // uts
            | 0x08000000 // ipc
            | 0x10000000 // user
            | 0x20000000 // pid
            | 0x40000000; // net

    private static final int X32 = 0x3fffffff;
    private static final int TIOCSTI = 0x5412;
    private static final int TIOCLINUX = 0x541C;
    private static final int ASK_PERSONALITY = 0xffffffff;
    private static final int UNIX = 1;
    private static final int IPV4 = 2;
    private static final int IPV6 = 10;
    private static final int NETLINK = 16;
    private static final int NETLINK_ROUTE = 0;
    private static final int STREAM = 1;
    private static final int DATAGRAM = 2;
    private static final int NON_BLOCKING = 0x800;
    private static final int CLOSE_ON_EXEC = 0x80000;
    private static final int EPROTONOSUPPORT = 93;
    private static final int JUMP_IF_EQUAL = 0x15;

    /// Any, ICMP, TCP, UDP, ICMP of version 6.
    private static final int[] INTERNET_PROTOCOLS = {0, 1, 6, 17, 58};

    private static final Set<SystemCall> WITH_ARGUMENTS = EnumSet.of(
            SystemCall.CLONE,
            SystemCall.CLONE3,
            SystemCall.PERSONALITY,
            SystemCall.IOCTL,
            SystemCall.SOCKET,
            SystemCall.SOCKETPAIR,
            SystemCall.SETSOCKOPT);
    private static final Set<SystemCall> UNCOUNTED_MEMORY =
            EnumSet.of(SystemCall.SHMGET, SystemCall.MSGGET, SystemCall.MQ_OPEN, SystemCall.MEMFD_CREATE);

    private static final int SOCKET_LEVEL = 1;

    /// Size to send, to receive, and both beyond the bound of the system.
    private static final int[] BUFFER_SIZES = {7, 8, 32, 33};

    private SystemCallFilter() {}

    /// @param countsAllMemory whether the kernel limits all memory of a sandbox, not only that of its processes
    static byte[] program(Machine machine, boolean countsAllMemory) {
        return Bpf.encode(instructions(machine, countsAllMemory));
    }

    static List<Bpf> instructions(Machine machine, boolean countsAllMemory) {
        var program = new ArrayList<Bpf>();
        program.add(Bpf.load(Bpf.ARCHITECTURE));
        program.add(new Bpf(0x15, 1, 0, machine.audit));
        program.add(Bpf.give(Bpf.KILL_PROCESS));
        program.add(Bpf.load(Bpf.NUMBER));
        if (machine == Machine.X86_64) {
            program.addAll(Bpf.ifGreater(X32, Bpf.give(Bpf.KILL_PROCESS)));
        }
        program.addAll(Bpf.ifGreater(SystemCall.LAST_KNOWN, Bpf.fail(ENOSYS)));
        EnumSet.complementOf(EnumSet.copyOf(WITH_ARGUMENTS)).stream()
                .filter(call -> call.number(machine) >= 0)
                .filter(call -> !countsAllMemory || !UNCOUNTED_MEMORY.contains(call))
                .forEach(call -> program.addAll(Bpf.ifEqual(call.number(machine), Bpf.fail(EPERM))));
        program.addAll(Bpf.ifEqual(SystemCall.CLONE3.number(machine), Bpf.fail(ENOSYS)));
        WITH_ARGUMENTS.stream()
                .filter(call -> call != SystemCall.CLONE3)
                .filter(call -> !countsAllMemory || call != SystemCall.SETSOCKOPT)
                .forEach(call -> program.addAll(Bpf.ifEqual(call.number(machine), rules(call))));
        program.add(Bpf.give(Bpf.ALLOW));
        return program;
    }

    private static List<Bpf> rules(SystemCall call) {
        var rules = new ArrayList<Bpf>();
        switch (call) {
            case CLONE -> {
                rules.add(Bpf.loadArgument(0));
                rules.addAll(Bpf.ifAnyBit(NEW_NAMESPACES, Bpf.fail(EPERM)));
                rules.add(Bpf.give(Bpf.ALLOW));
            }
            case PERSONALITY -> {
                rules.add(Bpf.loadArgument(0));
                rules.addAll(Bpf.ifEqual(ASK_PERSONALITY, Bpf.give(Bpf.ALLOW)));
                rules.addAll(Bpf.ifEqual(0, Bpf.give(Bpf.ALLOW)));
                rules.add(Bpf.fail(EPERM));
            }
            case IOCTL -> {
                rules.add(Bpf.loadArgument(1));
                rules.addAll(Bpf.ifEqual(TIOCSTI, Bpf.fail(EPERM)));
                rules.addAll(Bpf.ifEqual(TIOCLINUX, Bpf.fail(EPERM)));
                rules.add(Bpf.give(Bpf.ALLOW));
            }
            case SOCKET -> rules.addAll(socketRules());
            case SETSOCKOPT -> rules.addAll(bufferRules());
            case SOCKETPAIR -> rules.addAll(socketPairRules());
            default -> throw new IllegalStateException("no rules for " + call);
        }
        return rules;
    }

    private static List<Bpf> bufferRules() {
        var sizes = new ArrayList<Bpf>();
        sizes.add(Bpf.loadArgument(2));
        for (int size : BUFFER_SIZES) {
            sizes.addAll(Bpf.ifEqual(size, Bpf.fail(0)));
        }
        sizes.add(Bpf.give(Bpf.ALLOW));
        var rules = new ArrayList<Bpf>();
        rules.add(Bpf.loadArgument(1));
        rules.addAll(Bpf.ifEqual(SOCKET_LEVEL, sizes));
        rules.add(Bpf.give(Bpf.ALLOW));
        return rules;
    }

    private static List<Bpf> socketRules() {
        var rules = new ArrayList<Bpf>();
        rules.add(Bpf.loadArgument(0));
        rules.addAll(Bpf.ifEqual(UNIX, Bpf.give(Bpf.ALLOW)));
        var route = new ArrayList<Bpf>();
        route.add(Bpf.loadArgument(2));
        route.addAll(Bpf.ifEqual(NETLINK_ROUTE, Bpf.give(Bpf.ALLOW)));
        rules.addAll(Bpf.ifEqual(NETLINK, route));
        rules.add(new Bpf(JUMP_IF_EQUAL, 2, 0, IPV4));
        rules.add(new Bpf(JUMP_IF_EQUAL, 1, 0, IPV6));
        rules.add(Bpf.fail(EAFNOSUPPORT));
        rules.addAll(internetRules());
        return rules;
    }

    /// Streams and datagrams of TCP, UDP and ICMP: other types and protocols reach seldom used parts of the kernel.
    private static List<Bpf> internetRules() {
        var protocols = new ArrayList<Bpf>();
        protocols.add(Bpf.loadArgument(2));
        for (int protocol : INTERNET_PROTOCOLS) {
            protocols.addAll(Bpf.ifEqual(protocol, Bpf.give(Bpf.ALLOW)));
        }
        protocols.add(Bpf.fail(EPROTONOSUPPORT));
        var rules = new ArrayList<Bpf>();
        rules.add(Bpf.loadArgument(1));
        for (int type : new int[] {STREAM, DATAGRAM}) {
            for (int flags : new int[] {0, NON_BLOCKING, CLOSE_ON_EXEC, NON_BLOCKING | CLOSE_ON_EXEC}) {
                rules.addAll(Bpf.ifEqual(type | flags, protocols));
            }
        }
        rules.add(Bpf.fail(EPROTONOSUPPORT));
        return rules;
    }

    /// The kernel makes both ends before it finds that a family has no pairs, and loads the family's module for that.
    private static List<Bpf> socketPairRules() {
        var rules = new ArrayList<Bpf>();
        rules.add(Bpf.loadArgument(0));
        rules.addAll(Bpf.ifEqual(UNIX, Bpf.give(Bpf.ALLOW)));
        rules.add(Bpf.fail(EAFNOSUPPORT));
        return rules;
    }
}
