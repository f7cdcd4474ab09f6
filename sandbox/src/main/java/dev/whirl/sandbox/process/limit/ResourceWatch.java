package dev.whirl.sandbox.process.limit;

import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.process.system.ProcessTable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that looks at the memory of all sandboxes from time to time.
///
/// Where the kernel kills one process of a group that used too much, it kills the rest, because what is left has lost
/// a part: also between two runs, so that the next one is not blamed. Where there are no control groups it is the limit
/// itself.
public final class ResourceWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ResourceWatch.class);
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /// How often it looks while nothing runs.
    private static final int IDLE_TICKS = 10;

    /// What is watched.
    public interface Watched {
        ResourceGroup group();

        /// Whether code is running in it now.
        boolean isBusy();
    }

    private final Map<Watched, Boolean> all = new ConcurrentHashMap<>();
    private final Thread thread =
            Thread.ofPlatform().name("sandbox-watch").daemon().unstarted(this::loop);
    private volatile boolean isClosed;

    /// Starts the thread; it ends with [#close].
    public static ResourceWatch started() {
        var watch = new ResourceWatch();
        watch.thread.start();
        return watch;
    }

    private ResourceWatch() {}

    /// A group for where no control groups can be had; it only works while it is watched.
    ///
    /// @param hasOwnFiles whether its `/tmp` is its own
    public static ResourceGroup treeGroup(ByteSize memory, int maxProcesses, boolean hasOwnFiles) {
        return new ProcessTreeGroup(memory, maxProcesses, hasOwnFiles);
    }

    public void add(Watched watched) {
        all.put(watched, true);
        LockSupport.unpark(thread);
    }

    public void remove(Watched watched) {
        all.remove(watched);
    }

    @Override
    public void close() {
        isClosed = true;
        LockSupport.unpark(thread);
    }

    private void loop() {
        int ticks = 0;
        while (!isClosed) {
            if (all.isEmpty()) {
                LockSupport.park();
                continue;
            }
            ticks++;
            if (ticks >= IDLE_TICKS || all.keySet().stream().anyMatch(Watched::isBusy)) {
                ticks = 0;
                look();
            }
            LockSupport.parkNanos(TICK_NANOS);
        }
    }

    /// Whatever goes wrong with one sandbox, this thread goes on: it is all that limits the memory of sandboxes without
    /// control groups. Processes are read once for all, and only where somebody needs them.
    private void look() {
        ProcessTable table = null;
        for (Watched each : all.keySet()) {
            try {
                ResourceGroup group = each.group();
                if (group instanceof ProcessTreeGroup tree) {
                    table = table == null ? ProcessTable.read() : table;
                    tree.enforce(table);
                } else if (group.outOfMemoryKills() > 0) {
                    group.killAll();
                }
            } catch (RuntimeException | Error e) {
                log.atError().setCause(e).log("watching the memory of a sandbox failed");
            }
        }
    }
}
