package dev.whirl.bench.report;

import dev.whirl.bench.process.MemoryUse;
import dev.whirl.bench.process.ProcessTree;
import dev.whirl.common.units.ByteSize;
import java.time.Duration;
import java.util.List;

/// What a run cost on the other side: processor time for one call of the server process and, apart, of all processes
/// below it; and their memory at the end. Memory of runtimes is given twice: all resident pages of each process, and
/// with shared pages counted once.
public record Cost(
        double serverMicrosPerCall,
        double runtimesMicrosPerCall,
        double serverResidentMb,
        double runtimesResidentMb,
        double runtimesProportionalMb,
        int runtimeProcesses) {
    private static final double MEBIBYTE = 1024.0 * 1024.0;

    /// Between two moments of the same server.
    public static Cost between(ProcessTree before, ProcessTree after, long calls) {
        MemoryUse below = after.belowMemory();
        return new Cost(
                microsPerCall(after.rootCpu().minus(before.rootCpu()), calls),
                microsPerCall(after.belowCpuSince(before), calls),
                megabytes(after.rootMemory().resident()),
                megabytes(below.resident()),
                megabytes(below.proportional()),
                after.below().size());
    }

    /// Between two moments of runtimes that have no server.
    public static Cost ofRuntimes(List<ProcessTree> before, List<ProcessTree> after, long calls) {
        MemoryUse memory = after.stream().map(ProcessTree::rootMemory).reduce(MemoryUse.NONE, MemoryUse::plus);
        return new Cost(
                0,
                microsPerCall(cpu(after).minus(cpu(before)), calls),
                0,
                megabytes(memory.resident()),
                megabytes(memory.proportional()),
                after.size());
    }

    static double megabytes(ByteSize size) {
        return size.bytes() / MEBIBYTE;
    }

    private static Duration cpu(List<ProcessTree> trees) {
        return trees.stream().map(ProcessTree::rootCpu).reduce(Duration.ZERO, Duration::plus);
    }

    private static double microsPerCall(Duration used, long calls) {
        return used.toNanos() / 1e3 / Math.max(1, calls);
    }
}
