package dev.whirl.sandbox.process.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.sandbox.process.launch.SystemCallFilter.Machine;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Runs the program of the filter on calls, as the kernel would.
class SystemCallFilterTest {
    private static final int X86 = 0xC000003E;
    private static final int ARM = 0xC00000B7;
    private static final int EPERM = 0x00050001;
    private static final int ENOSYS = 0x00050026;
    private static final int NO_SUCH_FAMILY = 0x00050061;

    @Test
    @Tag("attack-12")
    void callsOfAnotherArchitectureKill() {
        assertThat(run(Machine.X86_64, 0x40000003, 0, 0)).isEqualTo(Bpf.KILL_PROCESS); // 32-bit x86
        assertThat(run(Machine.AARCH64, X86, 0, 0)).isEqualTo(Bpf.KILL_PROCESS);
        assertThat(run(Machine.X86_64, X86, 0x40000000, 0)).isEqualTo(Bpf.KILL_PROCESS); // x32
    }

    @ParameterizedTest
    @EnumSource(Machine.class)
    @Tag("attack-12")
    void forbiddenCallsFailAndOthersWork(Machine machine) {
        for (SystemCall call :
                List.of(SystemCall.BPF, SystemCall.PTRACE, SystemCall.MOUNT, SystemCall.IO_URING_SETUP)) {
            assertThat(run(machine, call)).as(call.name()).isEqualTo(EPERM);
        }
        assertThat(run(machine, audit(machine), machine == Machine.X86_64 ? 0 : 63, 0))
                .as("read")
                .isEqualTo(Bpf.ALLOW);
        assertThat(run(machine, SystemCall.CLONE3)).isEqualTo(ENOSYS);
        assertThat(run(machine, audit(machine), 9_999, 0)).isEqualTo(ENOSYS);
    }

    @ParameterizedTest
    @EnumSource(Machine.class)
    @Tag("attack-12")
    void cloneMayMakeThreadsAndProcessesButNoNamespaces(Machine machine) {
        int clone = SystemCall.CLONE.number(machine);
        assertThat(run(machine, audit(machine), clone, 0x003d0f00)).isEqualTo(Bpf.ALLOW);
        assertThat(run(machine, audit(machine), clone, 17)).isEqualTo(Bpf.ALLOW);
        for (int namespace : new int[] {0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000}) {
            assertThat(run(machine, audit(machine), clone, namespace | 17)).isEqualTo(EPERM);
        }
    }

    @Test
    @Tag("attack-12")
    void onlyEverydaySocketsOfTheInternetFamiliesCanBeMade() {
        int socket = SystemCall.SOCKET.number(Machine.X86_64);
        for (int family : new int[] {2, 10}) {
            assertThat(run(Machine.X86_64, X86, socket, family, 1 | 0x80800, 6)).isEqualTo(Bpf.ALLOW);
            assertThat(run(Machine.X86_64, X86, socket, family, 2, 17)).isEqualTo(Bpf.ALLOW);
            assertThat(run(Machine.X86_64, X86, socket, family, 1, 132))
                    .as("sctp")
                    .isNotEqualTo(Bpf.ALLOW);
            assertThat(run(Machine.X86_64, X86, socket, family, 1, 262))
                    .as("mptcp")
                    .isNotEqualTo(Bpf.ALLOW);
            assertThat(run(Machine.X86_64, X86, socket, family, 3, 0)).as("raw").isNotEqualTo(Bpf.ALLOW);
            assertThat(run(Machine.X86_64, X86, socket, family, 5, 0))
                    .as("seqpacket")
                    .isNotEqualTo(Bpf.ALLOW);
        }
    }

    @Test
    @Tag("attack-12")
    void onlyUnixSocketsComeInPairs() {
        int pair = SystemCall.SOCKETPAIR.number(Machine.X86_64);

        assertThat(run(Machine.X86_64, X86, pair, 1, 1, 0)).isEqualTo(Bpf.ALLOW);
        for (int family : new int[] {2, 10, 16, 30, 40}) {
            assertThat(run(Machine.X86_64, X86, pair, family, 1, 0)).isEqualTo(NO_SUCH_FAMILY);
        }
    }

    @Test
    @Tag("attack-12")
    void onlyUsualSocketsCanBeMade() {
        int socket = SystemCall.SOCKET.number(Machine.X86_64);
        for (int family : new int[] {1, 2, 10}) {
            assertThat(run(Machine.X86_64, X86, socket, family, 1, 0)).isEqualTo(Bpf.ALLOW);
        }
        assertThat(run(Machine.X86_64, X86, socket, 16, 3, 0)).as("route").isEqualTo(Bpf.ALLOW);
        assertThat(run(Machine.X86_64, X86, socket, 16, 3, 12)).as("netfilter").isEqualTo(NO_SUCH_FAMILY);
        for (int family : new int[] {17, 38, 40, 44}) {
            assertThat(run(Machine.X86_64, X86, socket, family, 1, 0)).isEqualTo(NO_SUCH_FAMILY);
        }
    }

    @Test
    void memoryThatBelongsToNoProcessIsForbiddenOnlyWhereItIsNotCounted() {
        int call = SystemCall.MEMFD_CREATE.number(Machine.X86_64);
        var strict = SystemCallFilter.instructions(Machine.X86_64, false);
        assertThat(execute(strict, new int[] {X86, call})).isEqualTo(EPERM);
        assertThat(run(Machine.X86_64, X86, call, 0)).isEqualTo(Bpf.ALLOW);
    }

    @Test
    @Tag("attack-19")
    void buffersOfSocketsKeepTheirSizeWhereNobodyCountsThem() {
        int call = SystemCall.SETSOCKOPT.number(Machine.X86_64);
        var strict = SystemCallFilter.instructions(Machine.X86_64, false);
        for (int size : new int[] {7, 8, 32, 33}) {
            assertThat(execute(strict, new int[] {X86, call, 3, 1, size}))
                    .isEqualTo(Bpf.fail(0).operand());
            assertThat(run(Machine.X86_64, X86, call, 3, 1, size)).isEqualTo(Bpf.ALLOW);
        }
        assertThat(execute(strict, new int[] {X86, call, 3, 1, 2})).as("reuse").isEqualTo(Bpf.ALLOW);
        assertThat(execute(strict, new int[] {X86, call, 3, 6, 8})).as("of TCP").isEqualTo(Bpf.ALLOW);
    }

    @Test
    void theProgramIsEncodedAsTheKernelReadsIt() {
        byte[] bytes = Bpf.encode(List.of(new Bpf(0x15, 1, 2, 0xC000003E)));

        assertThat(bytes).containsExactly(0x15, 0, 1, 2, 0x3E, 0, 0, 0xC0);
        assertThat(SystemCallFilter.program(Machine.X86_64, true).length % 8).isZero();
    }

    private static int audit(Machine machine) {
        return machine == Machine.X86_64 ? X86 : ARM;
    }

    private static int run(Machine machine, SystemCall call) {
        return run(machine, audit(machine), call.number(machine), 0);
    }

    private static int run(Machine machine, int architecture, int number, int... arguments) {
        int[] words = new int[2 + arguments.length];
        words[0] = architecture;
        words[1] = number;
        System.arraycopy(arguments, 0, words, 2, arguments.length);
        return execute(SystemCallFilter.instructions(machine, true), words);
    }

    /// @param call architecture, number, arguments
    private static int execute(List<Bpf> program, int[] call) {
        int accumulator = 0;
        int at = 0;
        while (true) {
            Bpf next = program.get(at++);
            switch (next.code()) {
                case 0x20 -> accumulator = word(call, next.operand());
                case 0x15 -> at += accumulator == next.operand() ? next.whenTrue() : next.whenFalse();
                case 0x25 ->
                    at += Integer.compareUnsigned(accumulator, next.operand()) > 0 ? next.whenTrue() : next.whenFalse();
                case 0x45 -> at += (accumulator & next.operand()) != 0 ? next.whenTrue() : next.whenFalse();
                case 0x06 -> {
                    return next.operand();
                }
                default -> throw new IllegalStateException("unknown instruction " + next);
            }
        }
    }

    private static int word(int[] call, int offset) {
        return switch (offset) {
            case 0 -> call[1];
            case 4 -> call[0];
            default -> call[2 + (offset - 16) / 8];
        };
    }
}
