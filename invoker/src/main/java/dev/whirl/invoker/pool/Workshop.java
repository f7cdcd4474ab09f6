package dev.whirl.invoker.pool;

import dev.whirl.invoker.pool.Job.Refused;
import dev.whirl.sandbox.Sandbox;
import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.Sandboxes;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does to sandboxes what the books ask for, each on a thread of its own, and reports back to the pool.
final class Workshop {
    private static final Logger LOG = LoggerFactory.getLogger(Workshop.class);

    private final Pool pool;
    private final Sandboxes sandboxes;

    Workshop(Pool pool, Sandboxes sandboxes) {
        this.pool = pool;
        this.sandboxes = sandboxes;
    }

    /// Starts a sandbox, after others were closed whose memory it gets.
    void start(Slot slot, List<Slot> closeFirst) {
        Thread.ofVirtual().name("sandbox-start-" + slot.number).start(() -> {
            closeFirst.forEach(this::close);
            try {
                pool.started(slot, sandboxes.start(slot.spec));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                pool.startFailed(slot, new Refused(Reason.START_FAILED, "interrupted"));
            } catch (SandboxException
                    | RuntimeException
                    | Error e) { // such as no more threads: its place must not be lost
                LOG.atWarn()
                        .addKeyValue("runtime", slot.spec.runtime())
                        .setCause(e)
                        .log("A sandbox could not be started");
                pool.startFailed(slot, refused(e));
            }
        });
    }

    private static Refused refused(Throwable problem) {
        return problem instanceof SandboxException known && known.forUser().isPresent()
                ? new Refused(Reason.IMAGE_UNUSABLE, known.forUser().get())
                : new Refused(Reason.START_FAILED, String.valueOf(problem.getMessage()));
    }

    void closeSoon(Slot slot) {
        Thread.ofVirtual().name("sandbox-close-" + slot.number).start(() -> close(slot));
    }

    /// Closes a sandbox and says that it is gone.
    void close(Slot slot) {
        closeQuietly(slot);
        pool.closed(slot);
    }

    /// Closes a sandbox under whatever runs in it: the run ends, and its job gives the place back.
    void closeNow(Slot slot) {
        Thread.ofVirtual().name("sandbox-end-" + slot.number).start(() -> closeQuietly(slot));
    }

    void pause(Slot slot) {
        Thread.ofVirtual().name("sandbox-pause-" + slot.number).start(() -> pool.pauseEnded(slot, isFrozen(slot)));
    }

    /// Whether nothing was left behind by the runs in a sandbox.
    boolean isClean(Sandbox sandbox) {
        try {
            Sandbox.Condition condition = sandbox.inspect();
            if (condition == Sandbox.Condition.LEFTOVERS) {
                LOG.atInfo()
                        .addKeyValue("sandbox", sandbox.id())
                        .log("An activation left processes behind; its sandbox is destroyed");
            }
            return condition == Sandbox.Condition.CLEAN;
        } catch (RuntimeException | Error e) { // whatever it is, nobody may be left waiting for the inspection
            LOG.atWarn()
                    .addKeyValue("sandbox", sandbox.id())
                    .setCause(e)
                    .log("A sandbox could not be inspected; it is destroyed");
            return false;
        }
    }

    private static boolean isFrozen(Slot slot) {
        try {
            if (slot.sandbox != null) {
                slot.sandbox.pause();
            }
            return true;
        } catch (SandboxException | RuntimeException | Error e) {
            LOG.atWarn().setCause(e).log("A sandbox could not be frozen; it is destroyed");
            return false;
        }
    }

    private static void closeQuietly(Slot slot) {
        try {
            if (slot.sandbox != null) {
                slot.sandbox.close();
            }
        } catch (RuntimeException | Error e) {
            LOG.atError().setCause(e).log("A sandbox could not be closed properly");
        }
    }
}
