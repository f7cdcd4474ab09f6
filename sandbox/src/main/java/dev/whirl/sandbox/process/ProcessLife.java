package dev.whirl.sandbox.process;

import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.process.launch.SandboxFolder;
import dev.whirl.sandbox.process.limit.ResourceGroup;
import dev.whirl.sandbox.process.output.SandboxOutput;
import dev.whirl.sandbox.process.wire.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The processes of a sandbox from their start to the last trace of them: why they ended, and removing what is left.
///
/// | state    | event          | next                                                     |
/// |----------|----------------|----------------------------------------------------------|
/// | starting | [#started]     | running                                                  |
/// | running  | [#broke]       | dying: everything is killed, calls in flight get a reason |
/// | any      | [#end]         | ended: killed, folder and group removed                  |
final class ProcessLife {
    private static final Logger log = LoggerFactory.getLogger(ProcessLife.class);
    private static final Duration EXIT_GRACE = Duration.ofMillis(200);
    private static final Duration KILL_WAIT = Duration.ofSeconds(2);
    private static final int REMOVE_ROUNDS = 12;
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final String id;
    private final SandboxFolder folder;
    private final ResourceGroup group;
    private final SandboxOutput output;
    private final Runnable whenGone;
    private final AtomicBoolean isEnded = new AtomicBoolean();
    private final CountDownLatch hasStarted = new CountDownLatch(1);
    private volatile @Nullable Process process;
    private volatile @Nullable Wire wire;

    /// @param whenGone called once nothing of it is left, or it was given up
    ProcessLife(String id, SandboxFolder folder, ResourceGroup group, SandboxOutput output, Runnable whenGone) {
        this.id = id;
        this.folder = folder;
        this.group = group;
        this.output = output;
        this.whenGone = whenGone;
    }

    ResourceGroup group() {
        return group;
    }

    SandboxOutput output() {
        return output;
    }

    /// The connection that ends with it.
    void listensOn(Wire newWire) {
        wire = newWire;
    }

    /// From now on its end is noticed.
    void started(Process newProcess, Wire newWire) {
        process = newProcess;
        group.startedAs(newProcess.pid());
        hasStarted.countDown();
        Thread.ofVirtual().name("sandbox-exit-" + id).start(() -> noticeExit(newProcess, newWire));
    }

    /// The connection is over: what still runs is killed, and who waits gets to know why.
    void broke(String reason) {
        try {
            if (isEnded.get() || !hasStarted.await(KILL_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            boolean hasExited = awaitExit(EXIT_GRACE);
            kill();
            String status = hasExited && process != null ? ", exit status " + process.exitValue() : "";
            boolean wantedMemory = group.outOfMemoryKills() > 0;
            var cause = wantedMemory ? Reply.Died.Cause.OUT_OF_MEMORY : Reply.Died.Cause.EXITED;
            if (wire != null) {
                wire.fail(new Reply.Died(cause, reason + status));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Kills everything and removes what it had. Waits for that a short time; the rest happens in the background.
    void end() {
        if (!isEnded.compareAndSet(false, true)) {
            return;
        }
        if (wire != null) {
            wire.close();
        }
        kill();
        output.close();
        boolean isGone = false;
        try {
            isGone = awaitExit(KILL_WAIT) && isRemoved();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (isGone) {
            whenGone.run();
        } else {
            Thread.ofVirtual().name("sandbox-remove-" + id).start(this::removeLater);
        }
    }

    private static void noticeExit(Process running, Wire connection) {
        try {
            running.waitFor();
            connection.broke("the runtime ended");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void kill() {
        group.killAll();
        Process current = process;
        if (current != null) {
            current.destroyForcibly();
        }
    }

    private boolean awaitExit(Duration time) throws InterruptedException {
        Process current = process;
        return current == null || current.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// The kernel lets go of a group a moment after its last process.
    private boolean isRemoved() {
        for (int round = 0; round < REMOVE_ROUNDS; round++) {
            if (group.remove()) {
                return isFolderDeleted();
            }
            LockSupport.parkNanos((FIRST_PAUSE_NANOS / 50) << Math.min(round, 6));
        }
        return false;
    }

    private boolean isFolderDeleted() {
        try {
            folder.delete();
            return true;
        } catch (IOException e) {
            log.atDebug().addKeyValue("sandbox", id).setCause(e).log("its folder could not be removed");
            return false;
        }
    }

    /// A process in an uninterruptible system call dies when that is over: minutes, or never.
    private void removeLater() {
        log.atWarn().addKeyValue("sandbox", id).log("a sandbox does not end, trying again in the background");
        long pause = FIRST_PAUSE_NANOS;
        for (int round = 0; round < REMOVE_ROUNDS; round++) {
            LockSupport.parkNanos(pause);
            pause *= 2;
            kill();
            if (isRemoved()) {
                log.atInfo().addKeyValue("sandbox", id).log("the sandbox is gone now");
                whenGone.run();
                return;
            }
        }
        log.atError().addKeyValue("sandbox", id).log("a sandbox can't be ended, giving up");
        whenGone.run();
    }
}
