package dev.whirl.bench.load;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/// Processor time of this very process, compiler and collector threads included.
public final class OwnCpu {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private OwnCpu() {}

    public static Duration now() {
        return Duration.ofNanos(Math.max(0, SYSTEM.getProcessCpuTime()));
    }
}
