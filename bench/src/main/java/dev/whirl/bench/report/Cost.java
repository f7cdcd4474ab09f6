package dev.whirl.bench.report;

import dev.whirl.bench.process.MemoryUse;
import dev.whirl.bench.process.PlatformProcesses.Member;
import dev.whirl.bench.process.ProcessTree;
import dev.whirl.common.units.ByteSize;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a run cost on the other side: processor time for one call of the server process and, apart, of all processes
/// below it; and their memory at the end. Memory of runtimes is given twice: all resident pages of each process, and
/// with shared pages counted once. The server of a cluster is its controllers and invokers together.
///
/// @param apart processor time for one call, in microseconds, of each role in a cluster without what invokers started:
///     `controller`, `invoker`, `broker`, `database` and so on; empty for a platform in one process
public record Cost(
        double serverMicrosPerCall,
        double runtimesMicrosPerCall,
        double serverResidentMb,
        double runtimesResidentMb,
        double runtimesProportionalMb,
        int runtimeProcesses,
        Map<String, Double> apart) {
    private static final double MEBIBYTE = 1024.0 * 1024.0;

    public Cost {
        apart = Collections.unmodifiableMap(new TreeMap<>(apart));
    }

    /// Of a platform in one process.
    public Cost(
            double serverMicrosPerCall,
            double runtimesMicrosPerCall,
            double serverResidentMb,
            double runtimesResidentMb,
            double runtimesProportionalMb,
            int runtimeProcesses) {
        this(
                serverMicrosPerCall,
                runtimesMicrosPerCall,
                serverResidentMb,
                runtimesResidentMb,
                runtimesProportionalMb,
                runtimeProcesses,
                Map.of());
    }

    /// Between two moments of the same platform.
    ///
    /// @return nothing if no process of it was seen both times
    public static Optional<Cost> between(Map<Member, ProcessTree> before, Map<Member, ProcessTree> after, long calls) {
        Cost all = null;
        var apart = new TreeMap<String, Double>();
        for (Map.Entry<Member, ProcessTree> now : after.entrySet()) {
            Member member = now.getKey();
            ProcessTree then = before.get(member);
            if (then != null) {
                Cost cost = between(then, now.getValue(), calls);
                double below = member.isServer() ? 0 : cost.runtimesMicrosPerCall();
                apart.merge(member.role(), cost.serverMicrosPerCall() + below, Double::sum);
                all = !member.isServer() ? all : all == null ? cost : all.plus(cost);
            }
        }
        return Optional.ofNullable(all).map(cost -> apart.size() > 1 ? cost.with(apart) : cost);
    }

    private Cost plus(Cost other) {
        return new Cost(
                serverMicrosPerCall + other.serverMicrosPerCall,
                runtimesMicrosPerCall + other.runtimesMicrosPerCall,
                serverResidentMb + other.serverResidentMb,
                runtimesResidentMb + other.runtimesResidentMb,
                runtimesProportionalMb + other.runtimesProportionalMb,
                runtimeProcesses + other.runtimeProcesses);
    }

    private Cost with(Map<String, Double> told) {
        return new Cost(
                serverMicrosPerCall,
                runtimesMicrosPerCall,
                serverResidentMb,
                runtimesResidentMb,
                runtimesProportionalMb,
                runtimeProcesses,
                told);
    }

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
