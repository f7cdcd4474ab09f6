package dev.whirl.sandbox.docker;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.sandbox.CollectedLogs;
import dev.whirl.sandbox.InitRequest;
import dev.whirl.sandbox.Payload;
import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.RunRequest;
import dev.whirl.sandbox.Sandbox;
import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.SandboxSpec;
import dev.whirl.sandbox.docker.engine.ContainerState;
import dev.whirl.sandbox.docker.http.ContainerCalls;
import dev.whirl.sandbox.docker.http.ContainerCalls.Outcome;
import dev.whirl.sandbox.docker.limit.ContainerGroup;
import dev.whirl.sandbox.docker.output.ContainerOutput.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// A sandbox that is a container: init and run are HTTP requests to its port 8080 (rows K-10 to K-17).
///
/// What is known of it between runs is [#known]: the processes that were there after its init. A process that came with
/// a run and stays is a leftover.
final class DockerSandbox implements Sandbox {
    private static final int MAX_INIT_ANSWER = 1 << 20;
    private static final int OK = 200;
    private static final String INIT = "/init";
    private static final int MOST_UNCOLLECTED = 1_000;
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LEFTOVER_GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LEFTOVER_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final String LOST_A_PART = "a process of it exceeded the memory limit";

    /// What a runtime of this project answers that has printed nothing.
    private static final String QUIET_HEADER = "x-whirl-quiet";

    /// As long as OpenWhisk waits for the end of logs (row K-16).
    private static final Duration LOG_IDLE = Duration.ofSeconds(2);

    private static final Duration LOG_LEAST = Duration.ofSeconds(10);

    /// How long lines may be under way that nobody announces.
    private static final Patience SHORTLY = new Patience(Duration.ofMillis(50), Duration.ofMillis(500));

    private final Parts parts;
    private final Container container;
    private final ContainerCalls calls;
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private final AtomicInteger lastNumber = new AtomicInteger();

    /// How long to wait for the logs of those activations that were answered.
    private final Map<ActivationId, Patience> uncollected = new ConcurrentHashMap<>();

    private volatile SandboxSpec spec;
    private volatile Set<Long> known;
    private volatile boolean isBroken;

    /// What it is made of.
    ///
    /// @param group empty where the kernel can't be asked
    /// @param printsEnd whether the image is bound to print the end of each activation's output
    record Parts(
            Container container,
            ContainerCalls calls,
            Optional<ContainerGroup> group,
            ImageLabels image,
            boolean printsEnd,
            Consumer<DockerSandbox> whenClosed) {}

    DockerSandbox(SandboxSpec spec, Parts parts) {
        this.spec = spec;
        this.parts = parts;
        this.container = parts.container();
        this.calls = parts.calls();
        this.known = processes();
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
        return parts.image().runsConcurrently();
    }

    @Override
    public void resize(ByteSize memory) throws SandboxException {
        engine("get " + memory, () -> container.engine().limitMemory(container.id(), memory));
        spec = new SandboxSpec(spec.runtime(), spec.image(), memory, spec.label());
    }

    /// Nobody listening yet is no end: an image may take its time to get ready (row K-14).
    @Override
    public Reply init(InitRequest request, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        var call = new Call(INIT, request.activation(), request.logLimit(), MAX_INIT_ANSWER, deadline);
        Payload body = Payload.of(request);
        try {
            Reply reply = exchange(call, body);
            while (reply instanceof Reply.NotReached && System.nanoTime() - deadline < 0) {
                LockSupport.parkNanos(RETRY_NANOS);
                reply = hasEnded() ? died("it ended before it took the code") : exchange(call, body);
            }
            known = processes();
            return reply instanceof Reply.NotReached ? new Reply.TimedOut() : reply;
        } finally {
            body.sent();
        }
    }

    @Override
    public Reply run(RunRequest request, Duration timeout) throws InterruptedException {
        if (isBroken || isClosed.get()) {
            return new Reply.NotReached("the container is gone");
        }
        int limit = (int) Math.min(Integer.MAX_VALUE - 8, request.resultLimit().bytes());
        long deadline = System.nanoTime() + timeout.toNanos();
        var call = new Call("/run", request.activation(), request.logLimit(), limit, deadline);
        return exchange(call, new Payload.Whole(request.body()));
    }

    @Override
    public CollectedLogs collectLogs(ActivationId activation) {
        Patience patience = uncollected.remove(activation);
        try {
            return container.output().collect(activation, patience == null ? SHORTLY : patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            container.output().forget(activation);
            return CollectedLogs.NONE;
        }
    }

    /// Lets a process that is just ending have a moment for it. Where the processes are another machine's,
    /// they can't be seen, and nothing is found.
    @Override
    public Condition inspect() {
        if (isBroken || isDamaged()) {
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
            isBroken = true;
            calls.close();
            container.remove();
            parts.whenClosed().accept(this);
        }
    }

    /// One request.
    private record Call(String path, ActivationId activation, ByteSize logLimit, int keptBytes, long deadlineNanos) {}

    private Reply exchange(Call call, Payload body) throws InterruptedException {
        int number = lastNumber.incrementAndGet();
        container.output().begin(call.activation(), number, call.logLimit());
        boolean isQuiet = false;
        try {
            Outcome outcome = calls.post(call.path(), number, body, call.keptBytes(), call.deadlineNanos());
            isQuiet = outcome instanceof Outcome.Answered answered && printsNoEnd(call, answered);
            return reply(call, outcome);
        } finally {
            container.output().answered(number, isQuiet);
        }
    }

    /// Others print it after each run and each init that failed.
    private boolean printsNoEnd(Call call, Outcome.Answered answer) {
        return parts.image().marksOutput()
                ? answer.headers().containsKey(QUIET_HEADER)
                : call.path().equals(INIT) && answer.status() == OK;
    }

    private Reply reply(Call call, Outcome outcome) throws InterruptedException {
        return switch (outcome) {
            case Outcome.Answered answer -> {
                int status = answer.status();
                boolean endsOutput =
                        parts.printsEnd() && (status == OK || parts.image().marksOutput());
                expect(call, endsOutput);
                yield status != OK && isDamaged()
                        ? new Reply.Died(Reply.Died.Cause.OUT_OF_MEMORY, LOST_A_PART)
                        : new Reply.Answered(
                                status, answer.body().bytes(), answer.body().fullSizeBytes());
            }
            case Outcome.Late _ -> {
                expect(call, false);
                yield new Reply.TimedOut();
            }
            case Outcome.Unreached(var detail) -> {
                container.output().forget(call.activation());
                yield new Reply.NotReached(detail);
            }
            case Outcome.Broken broken -> {
                expect(call, false);
                yield died(broken.detail());
            }
        };
    }

    private void expect(Call call, boolean endsOutput) {
        if (uncollected.size() > MOST_UNCOLLECTED) {
            uncollected.clear();
        }
        uncollected.put(call.activation(), patience(call.logLimit(), endsOutput));
    }

    /// As row K-16 says. An image of a user need not print an end, but once it did it does.
    private Patience patience(ByteSize logLimit, boolean endsOutput) {
        if (logLimit.bytes() == 0) {
            return new Patience(Duration.ZERO, Duration.ZERO);
        }
        if (!endsOutput && !container.output().hasSeenEnd()) {
            return SHORTLY;
        }
        Duration most = Duration.ofSeconds(2 * (logLimit.bytes() >> 20));
        return new Patience(LOG_IDLE, most.compareTo(LOG_LEAST) < 0 ? LOG_LEAST : most);
    }

    /// Why it broke off: the engine is asked until it knows (row K-15).
    private Reply.Died died(String detail) throws InterruptedException {
        isBroken = true;
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

    private boolean hasEnded() throws InterruptedException {
        try {
            return isClosed.get() || !container.state().isRunning();
        } catch (IOException e) {
            return true;
        }
    }

    /// Whether the kernel killed a process of it for want of memory: what is left of it has lost a part.
    private boolean isDamaged() {
        if (outOfMemoryKills() == 0) {
            return false;
        }
        isBroken = true;
        return true;
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
