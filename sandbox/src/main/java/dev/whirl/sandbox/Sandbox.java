package dev.whirl.sandbox;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.activation.ActivationId;
import java.time.Duration;

/// One place where the code of one action runs. Calls block; make them on virtual threads.
///
/// The order of calls: [#init] once, then [#run] as often as wanted and, where [#runsConcurrently] says so,
/// several at a
/// time. After each reply of `run`, and after a failed `init`, [#collectLogs] once for that activation.
public interface Sandbox extends AutoCloseable {
    /// Unique in this process, for logs and metrics.
    String id();

    SandboxSpec spec();

    /// Whether its runtime takes several runs at a time.
    boolean runsConcurrently();

    /// Whether [#resize] can be done here. A stem cell that can't serves actions of its own memory limit only.
    boolean canResize();

    /// Gives a stem cell the memory limit of the action that it is going to serve.
    void resize(ByteSize memory) throws SandboxException;

    /// Sends the code (row K-10).
    Reply init(InitRequest request, Duration timeout) throws InterruptedException;

    /// Runs once (row K-11). On [Reply.TimedOut] the caller closes the sandbox.
    Reply run(RunRequest request, Duration timeout) throws InterruptedException;

    /// What this activation wrote to stdout and stderr, by the time of its reply, and forgets the lines. Returns at
    /// once
    /// where the lines come with the reply; where they come another way it waits for them, a bounded time.
    CollectedLogs collectLogs(ActivationId activation);

    /// Looks for what an activation left behind. Call when no run is in flight, before the next one.
    Condition inspect();

    /// Whether [#pause] saves anything here.
    boolean canPause();

    /// Freezes all processes; only when no run is in flight.
    void pause() throws SandboxException;

    void resume() throws SandboxException;

    /// Ends all its processes and removes everything it wrote. Idempotent.
    @Override
    void close();

    /// The state of a sandbox between two runs.
    enum Condition {
        /// Only the runtime itself is running.
        CLEAN,
        /// Processes of an activation survived it: the sandbox must not be used again (attacks 4 and 5).
        LEFTOVERS,
        /// The runtime is gone, or has lost a process for want of memory and was ended.
        DEAD
    }
}
