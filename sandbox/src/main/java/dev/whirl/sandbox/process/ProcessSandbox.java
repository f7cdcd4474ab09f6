package dev.whirl.sandbox.process;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.sandbox.CollectedLogs;
import dev.whirl.sandbox.InitRequest;
import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.RunRequest;
import dev.whirl.sandbox.Sandbox;
import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.SandboxSpec;
import dev.whirl.sandbox.process.compiled.CompiledCode;
import dev.whirl.sandbox.process.limit.ResourceGroup;
import dev.whirl.sandbox.process.limit.ResourceWatch;
import dev.whirl.sandbox.process.output.OutputPump;
import dev.whirl.sandbox.process.output.SandboxOutput;
import dev.whirl.sandbox.process.wire.BuiltCode;
import dev.whirl.sandbox.process.wire.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// A sandbox that is a group of processes of this machine.
///
/// What is known of it between runs is [#known]: the processes that were there when it was ready or after its init. A
/// process that came with a run and stays is a leftover.
final class ProcessSandbox implements Sandbox, ResourceWatch.Watched {
    private static final int MAX_INIT_ANSWER = 1 << 20;
    private static final int OK = 200;

    /// Longer than compilers usually take.
    private static final Duration LONGEST_WAIT_FOR_CODE = Duration.ofSeconds(15);

    private static final String LOST_A_PART = "a process of it exceeded the memory limit";
    private static final long LEFTOVER_GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long LEFTOVER_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final String id;
    private final boolean runsConcurrently;
    private final Wire wire;
    private final SandboxOutput output;
    private final ProcessLife life;
    private final OutputPump pump;
    private final Optional<CompiledCode> compiled;
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile SandboxSpec spec;
    private volatile Set<Long> known;
    private volatile boolean hasCompany;

    /// Its parts, ready.
    ///
    /// @param compiled where what its runtime makes of source code is kept; empty if it makes nothing
    record Parts(Wire wire, SandboxOutput output, ProcessLife life, OutputPump pump, Optional<CompiledCode> compiled) {}

    ProcessSandbox(String id, SandboxSpec spec, boolean runsConcurrently, Parts parts) {
        this.id = id;
        this.spec = spec;
        this.runsConcurrently = runsConcurrently;
        this.wire = parts.wire();
        this.output = parts.output();
        this.life = parts.life();
        this.pump = parts.pump();
        this.compiled = parts.compiled();
        this.known = life.group().processes();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public SandboxSpec spec() {
        return spec;
    }

    @Override
    public boolean runsConcurrently() {
        return runsConcurrently;
    }

    @Override
    public ResourceGroup group() {
        return life.group();
    }

    @Override
    public boolean isBusy() {
        return inFlight.get() > 0;
    }

    @Override
    public boolean canResize() {
        return true;
    }

    @Override
    public void resize(ByteSize memory) throws SandboxException {
        try {
            life.group().resize(memory);
            spec = new SandboxSpec(spec.runtime(), spec.image(), memory, spec.label());
        } catch (IOException e) {
            throw new SandboxException("the memory of %s could not be set to %s".formatted(id, memory), e);
        }
    }

    @Override
    public Reply init(InitRequest request, Duration timeout) throws InterruptedException {
        Reply reply = compiled.isPresent()
                ? compiled(request, timeout, compiled.get())
                : initialized(request, timeout, BuiltCode.NONE);
        Set<Long> after = life.group().processes();
        hasCompany = !known.containsAll(after);
        known = after;
        return reply;
    }

    private Reply compiled(InitRequest request, Duration timeout, CompiledCode kept) throws InterruptedException {
        long began = System.nanoTime();
        Duration half = timeout.dividedBy(2);
        Duration patience = half.compareTo(LONGEST_WAIT_FOR_CODE) < 0 ? half : LONGEST_WAIT_FOR_CODE;
        try (CompiledCode.Compilation compilation = kept.of(spec.runtime(), request, patience)) {
            Duration left = timeout.minusNanos(System.nanoTime() - began);
            Reply reply = initialized(request, left, compilation);
            if (reply instanceof Reply.Answered) {
                compilation.ended(isOk(reply));
            }
            return reply;
        }
    }

    private Reply initialized(InitRequest request, Duration timeout, BuiltCode built) throws InterruptedException {
        return exchange(
                request.activation(),
                request.logLimit(),
                timeout,
                (number, deadline) -> wire.init(number, request, built, MAX_INIT_ANSWER, deadline));
    }

    private static boolean isOk(Reply reply) {
        return reply instanceof Reply.Answered answered && answered.status() == OK;
    }

    @Override
    public Reply run(RunRequest request, Duration timeout) throws InterruptedException {
        if (hasCompany && isDamaged()) {
            return new Reply.NotReached(LOST_A_PART);
        }
        int limit = (int) Math.min(Integer.MAX_VALUE - 8, request.resultLimit().bytes());
        return exchange(
                request.activation(),
                request.logLimit(),
                timeout,
                (number, deadline) -> wire.run(number, request.body(), limit, deadline));
    }

    @Override
    public CollectedLogs collectLogs(ActivationId activation) {
        return output.collect(activation);
    }

    /// Lets a process that is just ending have a moment for it.
    @Override
    public Condition inspect() {
        long deadline = System.nanoTime() + LEFTOVER_GRACE_NANOS;
        while (true) {
            if (wire.isBroken() || isDamaged()) {
                return Condition.DEAD;
            }
            Set<Long> now = life.group().processes();
            if (now.isEmpty()) {
                return Condition.DEAD; // or it can't be seen what is in there, which is as bad
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

    /// Whether the kernel killed a process of it for want of memory: what is left of it has lost a part. If that
    /// happened between two runs, none of them is to blame.
    private boolean isDamaged() {
        if (life.group().outOfMemoryKills() == 0) {
            return false;
        }
        life.group().killAll();
        return true;
    }

    @Override
    public boolean canPause() {
        return life.group().canFreeze();
    }

    @Override
    public void pause() throws SandboxException {
        try {
            life.group().freeze();
        } catch (IOException e) {
            throw new SandboxException(id + " could not be paused", e);
        }
    }

    @Override
    public void resume() throws SandboxException {
        try {
            life.group().thaw();
        } catch (IOException e) {
            throw new SandboxException(id + " could not be resumed", e);
        }
    }

    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true)) {
            life.end();
        }
    }

    @FunctionalInterface
    private interface Exchange {
        Reply make(int number, long deadlineNanos) throws InterruptedException;
    }

    private Reply exchange(ActivationId activation, ByteSize logLimit, Duration timeout, Exchange exchange)
            throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        int number = wire.nextRequest();
        output.begin(activation, number, logLimit);
        inFlight.incrementAndGet();
        pump.runStarted();
        Reply reply;
        try {
            reply = exchange.make(number, deadline);
        } finally {
            inFlight.decrementAndGet();
            output.end(number);
        }
        if (reply instanceof Reply.NotReached) {
            output.collect(activation);
        }
        return explained(reply);
    }

    /// A runtime that survives a child's death by want of memory answers with some error: that is what it was.
    private Reply explained(Reply reply) {
        boolean isError = reply instanceof Reply.Answered && !isOk(reply);
        return isError && isDamaged() ? new Reply.Died(Reply.Died.Cause.OUT_OF_MEMORY, LOST_A_PART) : reply;
    }
}
