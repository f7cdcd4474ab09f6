package dev.whirl.invoker.scripted;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.json.RawJson;
import dev.whirl.sandbox.CollectedLogs;
import dev.whirl.sandbox.InitRequest;
import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.RunRequest;
import dev.whirl.sandbox.Sandbox;
import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.SandboxSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A sandbox in memory that follows a script and complains when it is used against its contract.
public final class ScriptedSandbox implements Sandbox {
    private final String id;
    private final Script script;
    private final AtomicInteger running = new AtomicInteger();
    public final List<InitRequest> inits = new CopyOnWriteArrayList<>();
    public final List<RawJson> codes = new CopyOnWriteArrayList<>();
    public final List<RunRequest> runs = new CopyOnWriteArrayList<>();
    public final List<String> abuses = new CopyOnWriteArrayList<>();
    public final AtomicInteger resumes = new AtomicInteger();
    private volatile SandboxSpec spec;
    private volatile boolean isClosed;
    private volatile boolean isPaused;
    private volatile CollectedLogs logs = new CollectedLogs(
            List.of(new CollectedLogs.Line(
                    Instant.parse("2026-01-02T03:04:05.678901234Z"), CollectedLogs.Stream.STDOUT, "hello")),
            false,
            true);
    private volatile @Nullable Thread closer;

    ScriptedSandbox(String id, SandboxSpec spec, Script script) {
        this.id = id;
        this.spec = spec;
        this.script = script;
    }

    public void writes(CollectedLogs lines) {
        logs = lines;
    }

    public boolean isClosed() {
        return isClosed;
    }

    public boolean isPaused() {
        return isPaused;
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
        return script.runsConcurrently();
    }

    @Override
    public void resize(ByteSize memory) {
        complainIf(!inits.isEmpty(), "resized after init");
        spec = new SandboxSpec(spec.runtime(), spec.image(), memory, spec.label());
    }

    @Override
    public Reply init(InitRequest request, Duration timeout) throws InterruptedException {
        complainIf(isClosed || isPaused, "init while closed or frozen");
        complainIf(!inits.isEmpty(), "second init");
        inits.add(request);
        if (request.code() != null) {
            codes.add(request.code().text());
        }
        return script.init(this, request);
    }

    @Override
    public Reply run(RunRequest request, Duration timeout) throws InterruptedException {
        complainIf(isPaused, "run while frozen");
        complainIf(inits.isEmpty(), "run before init");
        boolean isAlone = running.incrementAndGet() == 1;
        complainIf(!isAlone && !runsConcurrently(), "two runs at a time");
        runs.add(request);
        try {
            return script.run(this, request);
        } finally {
            running.decrementAndGet();
        }
    }

    @Override
    public CollectedLogs collectLogs(ActivationId activation) {
        return script.logs(logs);
    }

    @Override
    public Condition inspect() {
        complainIf(running.get() > 0, "inspected while running");
        return isClosed ? Condition.DEAD : script.inspect();
    }

    @Override
    public boolean canResize() {
        return script.canResize();
    }

    @Override
    public boolean canPause() {
        return script.canPause();
    }

    @Override
    public void pause() {
        complainIf(running.get() > 0 || isClosed, "frozen while running or closed");
        isPaused = true;
    }

    @Override
    public void resume() throws SandboxException {
        resumes.incrementAndGet();
        script.resume();
        isPaused = false;
    }

    @Override
    public void close() {
        isClosed = true;
        closer = Thread.currentThread();
    }

    private void complainIf(boolean isWrong, String complaint) {
        if (isWrong) {
            abuses.add(complaint + " by " + Thread.currentThread() + ", closed by " + closer);
        }
    }
}
