package dev.whirl.sandbox.docker;

import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.InitRequest;
import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.SandboxSpec;
import dev.whirl.sandbox.http.ContainerCalls;
import dev.whirl.sandbox.http.ContainerSandbox;
import dev.whirl.sandbox.http.HttpRuntime;
import dev.whirl.sandbox.image.ImageTraits;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// A sandbox that is a container of a Docker engine.
///
/// What is known of it between runs is [#known]: the processes that were there after its init. A process that came with
/// a run and stays is a leftover.
final class DockerSandbox extends ContainerSandbox {
    private static final long LEFTOVER_GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LEFTOVER_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Container container;
    private final EngineLife life;

    private volatile Set<Long> known;

    /// What it is made of.
    ///
    /// @param isOwn whether the platform provides the image
    record Parts(
            EngineLife life,
            ContainerCalls calls,
            ImageTraits image,
            boolean isOwn,
            Consumer<ContainerSandbox> whenClosed) {}

    DockerSandbox(SandboxSpec spec, Parts parts) {
        super(spec, runtime(parts), parts.whenClosed());
        life = parts.life();
        container = life.container();
        known = life.processes();
        var _ = container.outputEnd().thenRun(runtime()::broke);
    }

    private static HttpRuntime runtime(Parts parts) {
        return new HttpRuntime(
                parts.calls(), parts.life().container().output(), parts.image(), parts.isOwn(), parts.life());
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
    public boolean canResize() {
        return true;
    }

    @Override
    protected void limitMemory(ByteSize memory) throws IOException, InterruptedException {
        container.engine().limitMemory(container.id(), memory);
    }

    @Override
    public Reply init(InitRequest request, Duration timeout) throws InterruptedException {
        Reply reply = super.init(request, timeout);
        known = life.processes();
        return reply;
    }

    /// Lets a process that is just ending have a moment for it. Where the processes are another machine's,
    /// they can't be seen, and nothing is found.
    @Override
    public Condition inspect() {
        if (runtime().isBroken() || life.isDamaged()) {
            runtime().broke();
            return Condition.DEAD;
        }
        if (!life.isVisible()) {
            return Condition.CLEAN;
        }
        long deadline = System.nanoTime() + LEFTOVER_GRACE_NANOS;
        while (true) {
            Set<Long> now = life.processes();
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
        change("be paused", () -> container.engine().pause(container.id()));
    }

    @Override
    public void resume() throws SandboxException {
        change("be resumed", () -> container.engine().unpause(container.id()));
    }

    @Override
    protected void remove() {
        container.remove();
    }
}
