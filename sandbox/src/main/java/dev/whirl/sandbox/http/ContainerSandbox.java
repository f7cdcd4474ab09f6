package dev.whirl.sandbox.http;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.sandbox.CollectedLogs;
import dev.whirl.sandbox.InitRequest;
import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.RunRequest;
import dev.whirl.sandbox.Sandbox;
import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.SandboxSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// A sandbox that is a container with a runtime that speaks HTTP, whoever runs it. Once it is
/// closed nothing is sent to it.
public abstract class ContainerSandbox implements Sandbox {
    private final HttpRuntime runtime;
    private final Consumer<ContainerSandbox> whenClosed;
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private volatile SandboxSpec spec;

    /// @param whenClosed told once it is closed and removed
    protected ContainerSandbox(SandboxSpec spec, HttpRuntime runtime, Consumer<ContainerSandbox> whenClosed) {
        this.spec = spec;
        this.runtime = runtime;
        this.whenClosed = whenClosed;
    }

    /// What can fail where containers are run.
    protected interface Change {
        void make() throws IOException, InterruptedException;
    }

    /// Gives the container that memory limit; when it returns, the limit is in effect.
    protected abstract void limitMemory(ByteSize memory) throws IOException, InterruptedException;

    /// Removes the container, whatever it does. Called once.
    protected abstract void remove();

    @Override
    public final SandboxSpec spec() {
        return spec;
    }

    @Override
    public final boolean runsConcurrently() {
        return runtime.runsConcurrently();
    }

    @Override
    public final void resize(ByteSize memory) throws SandboxException {
        change("get " + memory, () -> limitMemory(memory));
        spec = new SandboxSpec(spec.runtime(), spec.image(), memory, spec.label());
    }

    @Override
    public Reply init(InitRequest request, Duration timeout) throws InterruptedException {
        return runtime.init(request, timeout);
    }

    @Override
    public final Reply run(RunRequest request, Duration timeout) throws InterruptedException {
        return runtime.run(request, timeout);
    }

    @Override
    public CollectedLogs collectLogs(ActivationId activation) {
        return runtime.collectLogs(activation);
    }

    @Override
    public final void close() {
        if (isClosed.compareAndSet(false, true)) {
            runtime.close();
            remove();
            whenClosed.accept(this);
        }
    }

    protected final HttpRuntime runtime() {
        return runtime;
    }

    /// @param what for the message: `be paused`
    protected final void change(String what, Change change) throws SandboxException {
        try {
            change.make();
        } catch (IOException e) {
            throw new SandboxException("%s could not %s: %s".formatted(id(), what, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("%s could not %s: interrupted".formatted(id(), what), e);
        }
    }
}
