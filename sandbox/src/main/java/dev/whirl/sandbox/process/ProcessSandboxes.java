package dev.whirl.sandbox.process;

import dev.whirl.sandbox.RuntimeReadiness;
import dev.whirl.sandbox.Sandbox;
import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.SandboxSpec;
import dev.whirl.sandbox.Sandboxes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// Sandboxes that are processes of this machine.
public final class ProcessSandboxes implements Sandboxes {
    private final Backend backend;
    private final Map<String, ProcessSandbox> running = new ConcurrentHashMap<>();
    private final AtomicLong lastNumber = new AtomicLong();
    private volatile boolean isClosed;

    /// Removes what a crashed server left, looks for runtimes, and checks that sandboxes can be made here.
    ///
    /// @throws SandboxException with one sentence that says what to do, if they can't
    public ProcessSandboxes(ProcessSandboxConfig config) throws SandboxException {
        this(config, List.of());
    }

    /// As above.
    ///
    /// @param serverFolders what else no sandbox may show: the data, the installation
    public ProcessSandboxes(ProcessSandboxConfig config, List<Path> serverFolders) throws SandboxException {
        try {
            backend = Backend.open(config, serverFolders);
        } catch (IOException | IllegalStateException e) {
            throw new SandboxException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public List<RuntimeReadiness> readiness() {
        return backend.launcher().readiness();
    }

    /// Whether the kernel keeps the limits of memory and processes, by control groups; else this server watches them,
    /// and they are approximate.
    public boolean hasExactLimits() {
        return backend.groups().isPresent();
    }

    /// Whether anything keeps functions from what the user of this server can read and change.
    public boolean isIsolated() {
        return backend.isIsolated();
    }

    @Override
    public Sandbox start(SandboxSpec spec) throws SandboxException, InterruptedException {
        if (isClosed) {
            throw new SandboxException("the server is ending");
        }
        ProcessSandbox sandbox = started(spec);
        running.put(sandbox.id(), sandbox);
        if (isClosed) {
            sandbox.close();
        }
        return sandbox;
    }

    /// One that was forked in vain is started by the long way.
    private ProcessSandbox started(SandboxSpec spec) throws SandboxException, InterruptedException {
        SandboxStarter first = starter(spec, true);
        try {
            ProcessSandbox sandbox = first.start(this::gone);
            if (first.wasForked()) {
                backend.launcher().judge(spec.runtime(), true);
            }
            return sandbox;
        } catch (SandboxException e) {
            if (!first.wasForked() || isClosed) {
                throw e;
            }
            backend.launcher().judge(spec.runtime(), false);
            return starter(spec, false).start(this::gone);
        }
    }

    private SandboxStarter starter(SandboxSpec spec, boolean mayFork) {
        return new SandboxStarter(backend, "s" + lastNumber.incrementAndGet(), spec, mayFork);
    }

    /// Whether the next sandbox of that runtime will be forked.
    boolean isWarm(String runtime) {
        return backend.launcher().isWarm(runtime);
    }

    @Override
    public void close() {
        isClosed = true;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            running.values().forEach(sandbox -> threads.execute(sandbox::close));
        }
        backend.close();
    }

    private void gone(String id) {
        ProcessSandbox sandbox = running.remove(id);
        if (sandbox != null) {
            backend.watch().remove(sandbox);
        }
    }
}
