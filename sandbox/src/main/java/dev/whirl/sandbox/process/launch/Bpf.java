package dev.whirl.sandbox.process.launch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Instructions of classic BPF over `struct seccomp_data`, enough for a list of forbidden system calls.
///
/// @param code what to do
/// @param whenTrue how many instructions to skip if a comparison holds
/// @param whenFalse how many otherwise
/// @param operand value or offset
record Bpf(int code, int whenTrue, int whenFalse, int operand) {
    /// Offsets in `struct seccomp_data`.
    static final int NUMBER = 0;

    static final int ARCHITECTURE = 4;

    static final int KILL_PROCESS = 0x80000000;
    static final int ALLOW = 0x7fff0000;
    private static final int ERRNO = 0x00050000;

    private static final int LOAD = 0x20;
    private static final int JUMP_EQUAL = 0x15;
    private static final int JUMP_GREATER = 0x25;
    private static final int JUMP_ANY_BIT = 0x45;
    private static final int RETURN = 0x06;
    private static final int BYTES = 8;

    static Bpf load(int offset) {
        return new Bpf(LOAD, 0, 0, offset);
    }

    /// The offset of the lower half of an argument, on a little-endian machine.
    static Bpf loadArgument(int index) {
        return load(16 + 8 * index);
    }

    static Bpf give(int result) {
        return new Bpf(RETURN, 0, 0, result);
    }

    static Bpf fail(int errno) {
        return give(ERRNO | errno);
    }

    static List<Bpf> ifEqual(int value, Bpf... then) {
        return conditional(JUMP_EQUAL, value, List.of(then));
    }

    static List<Bpf> ifEqual(int value, List<Bpf> then) {
        return conditional(JUMP_EQUAL, value, then);
    }

    /// Compares without sign.
    static List<Bpf> ifGreater(int value, Bpf... then) {
        return conditional(JUMP_GREATER, value, List.of(then));
    }

    static List<Bpf> ifAnyBit(int bits, Bpf... then) {
        return conditional(JUMP_ANY_BIT, bits, List.of(then));
    }

    /// The program as the kernel reads it.
    static byte[] encode(List<Bpf> program) {
        ByteBuffer out = ByteBuffer.allocate(program.size() * BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (Bpf each : program) {
            out.putShort((short) each.code())
                    .put((byte) each.whenTrue())
                    .put((byte) each.whenFalse())
                    .putInt(each.operand());
        }
        return out.array();
    }

    private static List<Bpf> conditional(int code, int value, List<Bpf> then) {
        var block = new ArrayList<Bpf>();
        block.add(new Bpf(code, 0, then.size(), value));
        block.addAll(then);
        return block;
    }
}
