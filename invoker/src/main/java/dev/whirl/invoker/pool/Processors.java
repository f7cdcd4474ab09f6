package dev.whirl.invoker.pool;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/// Tells whether the machine has processor time to spare. Asked by one thread only, and seldom while nobody waits.
final class Processors {
    /// Shorter than this, the kernel's count of ticks says too little.
    private static final long WINDOW = Duration.ofMillis(60).toNanos();

    /// After a longer pause what is measured is about a time that is over.
    private static final long TOO_LONG = Duration.ofMillis(200).toNanos();

    /// So much of all processors counts as all: a tick in a window is idle even where work never ends.
    private static final double BUSY = 0.9;

    private final DoubleSupplier load;
    private long measuredAtNanos;
    private boolean isFirst = true;
    private boolean areBusy;

    /// @param load which share of the processors was at work since it was asked last, 0 to 1; negative if unknown
    Processors(DoubleSupplier load) {
        this.load = load;
    }

    /// Of this machine, or of what a control group leaves of it.
    static Processors ofThisMachine() {
        return new Processors(ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)::getCpuLoad);
    }

    /// Whether hardly any processor time was left lately; false if that is not known.
    boolean areBusy(long nowNanos) {
        long since = nowNanos - measuredAtNanos;
        if (isFirst || since >= WINDOW) {
            double measured = load.getAsDouble();
            areBusy = !isFirst && since <= TOO_LONG && measured >= BUSY;
            measuredAtNanos = nowNanos;
            isFirst = false;
        }
        return areBusy;
    }
}
