package dev.whirl.invoker.pool;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.sandbox.CollectedLogs;
import dev.whirl.sandbox.InitRequest;
import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.RunRequest;
import dev.whirl.sandbox.Sandbox;
import dev.whirl.sandbox.SandboxSpec;
import java.time.Duration;

/// A sandbox for the simulation, which does all the work itself.
record StubSandbox(String id, SandboxSpec spec, boolean runsConcurrently, boolean canPause) implements Sandbox {
    @Override
    public boolean canResize() {
        return true;
    }

    @Override
    public void resize(ByteSize memory) {}

    @Override
    public Reply init(InitRequest request, Duration timeout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Reply run(RunRequest request, Duration timeout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CollectedLogs collectLogs(ActivationId activation) {
        return CollectedLogs.NONE;
    }

    @Override
    public Condition inspect() {
        return Condition.CLEAN;
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void close() {}
}
