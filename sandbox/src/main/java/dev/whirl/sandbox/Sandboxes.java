package dev.whirl.sandbox;

import java.util.List;

/// Starts sandboxes of one backend: processes of this machine, containers, pods.
public interface Sandboxes extends AutoCloseable {
    /// Which runtimes can run here, and why the others can't. Looked up once, at start.
    List<RuntimeReadiness> readiness();

    /// Starts a sandbox and waits until it takes an init. Call on a virtual thread.
    ///
    /// @throws SandboxException if it can't be started: a fault of the platform unless it says otherwise
    Sandbox start(SandboxSpec spec) throws SandboxException, InterruptedException;

    /// Ends every sandbox that is left.
    @Override
    void close();
}
