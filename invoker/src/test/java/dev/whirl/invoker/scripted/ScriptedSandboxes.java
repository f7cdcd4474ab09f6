package dev.whirl.invoker.scripted;

import dev.whirl.sandbox.RuntimeReadiness;
import dev.whirl.sandbox.Sandbox;
import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.SandboxSpec;
import dev.whirl.sandbox.Sandboxes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Starts scripted sandboxes and remembers them.
public final class ScriptedSandboxes implements Sandboxes {
    public final List<ScriptedSandbox> started = new CopyOnWriteArrayList<>();
    private final AtomicInteger count = new AtomicInteger();
    private final List<RuntimeReadiness> readiness;
    private final Script script;

    public ScriptedSandboxes(Script script) {
        this(script, List.of());
    }

    public ScriptedSandboxes(Script script, List<RuntimeReadiness> readiness) {
        this.script = script;
        this.readiness = readiness;
    }

    /// Those that are not closed.
    public List<ScriptedSandbox> alive() {
        return started.stream().filter(each -> !each.isClosed()).toList();
    }

    public List<String> abuses() {
        return started.stream().flatMap(each -> each.abuses.stream()).toList();
    }

    @Override
    public List<RuntimeReadiness> readiness() {
        return readiness;
    }

    @Override
    public Sandbox start(SandboxSpec spec) throws SandboxException, InterruptedException {
        script.start(spec.runtime());
        var sandbox = new ScriptedSandbox("sandbox-" + count.incrementAndGet(), spec, script);
        started.add(sandbox);
        return sandbox;
    }

    @Override
    public void close() {
        started.forEach(ScriptedSandbox::close);
    }
}
