package dev.whirl.sandbox.docker;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.sandbox.CollectedLogs;
import dev.whirl.sandbox.InitRequest;
import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.RunRequest;
import dev.whirl.sandbox.Sandbox;
import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.SandboxSpec;
import dev.whirl.sandbox.docker.engine.ContainerState;
import dev.whirl.sandbox.docker.limit.ContainerGroup;
import dev.whirl.sandbox.http.ContainerCalls;
import dev.whirl.sandbox.http.ContainerLife;
import dev.whirl.sandbox.http.HttpRuntime;
import dev.whirl.sandbox.image.ImageTraits;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// A sandbox that is a container.
///
/// What is known of it between runs is [#known]: the processes that were there after its init. A process that came with
/// a run and stays is a leftover.
final class DockerSandbox implements Sandbox {
    private static final long LEFTOVER_GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LEFTOVER_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Parts parts;
    private final Container container;
    private final HttpRuntime runtime;
    private final Life life = new Life();
    private final AtomicBoolean isClosed = new AtomicBoolean();

    private volatile SandboxSpec spec;
    private volatile Set<Long> known;

    /// What it is made of.
    ///
    /// @param group empty where the kernel can't be asked
    /// @param isOwn whether the platform provides the image
    record Parts(
            Container container,
            ContainerCalls calls,
            Optional<ContainerGroup> group,
            ImageTraits image,
            boolean isOwn,
            Consumer<DockerSandbox> whenClosed) {}

    DockerSandbox(SandboxSpec spec, Parts parts) {
        this.spec = spec;
        this.parts = parts;
        container = parts.container();
        runtime = new HttpRuntime(parts.calls(), container.output(), parts.image(), parts.isOwn(), life);
        known = processes();
    }

    @Override
    public String id() {
        return container.name();
    }

    /// The engine's name of it.
    String container() {
        return container.id();
    }

    @Override
    public SandboxSpec spec() {
        return spec;
    }

    @Override
    public boolean runsConcurrently() {
        return runtime.runsConcurrently();
    }

    @Override
    public boolean canResize() {
        return true;
    }

    @Override
    public void resize(ByteSize memory) throws SandboxException {
        engine("get " + memory, () -> container.engine().limitMemory(container.id(), memory));
        spec = new SandboxSpec(spec.runtime(), spec.image(), memory, spec.label());
    }

    @Override
    public Reply init(InitRequest request, Duration timeout) throws InterruptedException {
        Reply reply = runtime.init(request, timeout);
        known = processes();
        return reply;
    }

    @Override
    public Reply run(RunRequest request, Duration timeout) throws InterruptedException {
        return runtime.run(request, timeout);
    }

    @Override
    public CollectedLogs collectLogs(ActivationId activation) {
        return runtime.collectLogs(activation);
    }

    /// Lets a process that is just ending have a moment for it. Where the processes are another machine's,
    /// they can't be seen, and nothing is found.
    @Override
    public Condition inspect() {
        if (runtime.isBroken() || life.isDamaged()) {
            runtime.broke();
            return Condition.DEAD;
        }
        if (parts.group().isEmpty()) {
            return Condition.CLEAN;
        }
        long deadline = System.nanoTime() + LEFTOVER_GRACE_NANOS;
        while (true) {
            Set<Long> now = processes();
            if (now.isEmpty()) {
                return Condition.DEAD;
            }
            if (known.containsAll(now)) {
                return Condition.CLEAN;
            }
            if (System.nanoTime() - deadline >= 0) {
                return Condition.LEFTOVERS;
            }
            LockSupport.parkNanos(LEFTOVER_PAUSE_NANOS);
        }
    }

    @Override
    public boolean canPause() {
        return true;
    }

    @Override
    public void pause() throws SandboxException {
        engine("be paused", () -> container.engine().pause(container.id()));
    }

    @Override
    public void resume() throws SandboxException {
        engine("be resumed", () -> container.engine().unpause(container.id()));
    }

    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true)) {
            runtime.close();
            container.remove();
            parts.whenClosed().accept(this);
        }
    }

    /// What the engine and the kernel know of the container.
    private final class Life implements ContainerLife {
        @Override
        public boolean hasEnded() throws InterruptedException {
            try {
                return !container.state().isRunning();
            } catch (IOException e) {
                return true;
            }
        }

        @Override
        public Reply endedBeforeInit() throws InterruptedException {
            return endedUnderRequest("it ended before it took the code");
        }

        /// The engine is asked until it knows (row K-15).
        @Override
        public Reply.Died endedUnderRequest(String detail) throws InterruptedException {
            if (isClosed.get()) {
                return new Reply.Died(Reply.Died.Cause.EXITED, "the sandbox was closed");
            }
            try {
                ContainerState state = container.awaitEnd();
                boolean wantedMemory = state.ranOutOfMemory() || outOfMemoryKills() > 0;
                String status = state.isRunning() ? "" : ", exit status " + state.exitStatus();
                return new Reply.Died(
                        wantedMemory ? Reply.Died.Cause.OUT_OF_MEMORY : Reply.Died.Cause.EXITED, detail + status);
            } catch (IOException e) {
                return new Reply.Died(Reply.Died.Cause.EXITED, detail + "; " + e.getMessage());
            }
        }

        @Override
        public boolean isDamaged() {
            return outOfMemoryKills() > 0;
        }
    }

    private long outOfMemoryKills() {
        return parts.group().map(ContainerGroup::outOfMemoryKills).orElse(0L);
    }

    private Set<Long> processes() {
        return parts.group().map(ContainerGroup::list).orElse(Set.of());
    }

    private interface EngineCall {
        void make() throws IOException, InterruptedException;
    }

    private void engine(String what, EngineCall call) throws SandboxException {
        try {
            call.make();
        } catch (IOException e) {
            throw new SandboxException("%s could not %s: %s".formatted(id(), what, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("%s could not %s: interrupted".formatted(id(), what), e);
        }
    }
}
