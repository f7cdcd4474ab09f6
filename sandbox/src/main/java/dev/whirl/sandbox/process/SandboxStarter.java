package dev.whirl.sandbox.process;

import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.SandboxSpec;
import dev.whirl.sandbox.process.compiled.CompiledCode;
import dev.whirl.sandbox.process.launch.ForkedProcess;
import dev.whirl.sandbox.process.launch.Launch;
import dev.whirl.sandbox.process.launch.SandboxFolder;
import dev.whirl.sandbox.process.limit.ResourceGroup;
import dev.whirl.sandbox.process.limit.ResourceWatch;
import dev.whirl.sandbox.process.output.SandboxOutput;
import dev.whirl.sandbox.process.wire.Wire;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One start of one sandbox, step by step; undone if a step fails.
final class SandboxStarter {
    private static final Logger log = LoggerFactory.getLogger(SandboxStarter.class);
    private static final int START_OUTPUT_CHARACTERS = 2_000;

    private final Backend backend;
    private final String id;
    private final SandboxSpec spec;
    private final OptionalInt user;
    private final boolean mayFork;
    private boolean wasForked;

    /// @param mayFork whether a warm parent may do it
    SandboxStarter(Backend backend, String id, SandboxSpec spec, boolean mayFork) {
        this.mayFork = mayFork;
        this.backend = backend;
        this.id = id;
        this.spec = spec;
        this.user = backend.users().take();
    }

    /// Whether a warm parent did it.
    boolean wasForked() {
        return wasForked;
    }

    /// @param whenGone told once nothing of it is left
    ProcessSandbox start(Consumer<String> whenGone) throws SandboxException, InterruptedException {
        var folder = new SandboxFolder(backend.runFolder().sandbox(id), user);
        ProcessLife life = prepared(folder, whenGone);
        boolean hasStarted = false;
        try {
            ProcessSandbox sandbox = started(folder, life);
            hasStarted = true;
            return sandbox;
        } catch (IOException e) {
            throw unmade(e);
        } finally {
            if (!hasStarted) { // whatever the reason, want of a thread among them
                life.end();
            }
        }
    }

    private ProcessLife prepared(SandboxFolder folder, Consumer<String> whenGone) throws SandboxException {
        ResourceGroup group = null;
        ProcessLife life = null;
        try {
            folder.create();
            group = newGroup();
            SandboxOutput output = SandboxOutput.create(folder.stdout(), folder.stderr());
            life = new ProcessLife(id, folder, group, output, () -> gone(output, whenGone));
            return life;
        } catch (IOException e) {
            throw unmade(e);
        } finally {
            if (life == null) {
                undo(folder, group);
            }
        }
    }

    private void undo(SandboxFolder folder, @Nullable ResourceGroup group) {
        if (group != null) {
            group.remove();
        }
        try {
            folder.delete();
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("sandbox", id)
                    .setCause(e)
                    .log("the folder of a failed start could not be removed");
        }
        user.ifPresent(backend.users()::giveBack);
    }

    private ProcessSandbox started(SandboxFolder folder, ProcessLife life)
            throws IOException, SandboxException, InterruptedException {
        ResourceGroup group = life.group();
        Wire wire = backend.wires().listen(folder.socket(), life::broke);
        life.listensOn(wire);
        folder.handOver();
        var launch =
                new Launch(spec.runtime(), spec.memory(), folder, group.joinFiles(), group.limitsMemory(), mayFork);
        Process process = backend.launcher().start(launch);
        wasForked = process instanceof ForkedProcess;
        life.started(process, wire);
        Abilities abilities = awaitReady(wire, life.output());
        backend.pump().add(life.output());
        Optional<CompiledCode> compiled = abilities.compiles() ? Optional.of(backend.compiled()) : Optional.empty();
        var parts = new ProcessSandbox.Parts(wire, life.output(), life, backend.pump(), compiled);
        var sandbox = new ProcessSandbox(id, spec, abilities.runsConcurrently(), parts);
        backend.watch().add(sandbox);
        return sandbox;
    }

    private SandboxException unmade(IOException cause) {
        return new SandboxException(
                "a sandbox for %s could not be made: %s".formatted(spec.runtime(), cause.getMessage()), cause);
    }

    private ResourceGroup newGroup() throws IOException {
        int maxProcesses = backend.config().launch().maxProcesses();
        if (backend.groups().isPresent()) {
            return backend.groups().get().create(id, spec.memory(), maxProcesses);
        }
        return ResourceWatch.treeGroup(spec.memory(), maxProcesses, backend.isIsolated());
    }

    /// What a runtime says of itself when it is ready.
    ///
    /// @param compiles whether it makes one file of source code, which can be kept
    private record Abilities(boolean runsConcurrently, boolean compiles) {}

    private Abilities awaitReady(Wire wire, SandboxOutput output) throws SandboxException, InterruptedException {
        try {
            byte[] document = wire.awaitReady(backend.config().startTimeout());
            if (document == null) {
                throw failure("was not ready after " + backend.config().startTimeout(), output);
            }
            RawJson said = RawJson.parse(document);
            return new Abilities(isTrue(said, "concurrent"), isTrue(said, "compiles"));
        } catch (IOException | MalformedJsonException e) {
            throw failure("did not start: " + e.getMessage(), output);
        }
    }

    private static boolean isTrue(RawJson document, String field) {
        return document.field(field).flatMap(RawJson::asBoolean).orElse(false);
    }

    private SandboxException failure(String what, SandboxOutput output) {
        String said = output.startOutput(START_OUTPUT_CHARACTERS);
        return new SandboxException(
                "%s %s%s".formatted(spec.runtime(), what, said.isEmpty() ? "" : "; it wrote: " + said));
    }

    private void gone(SandboxOutput output, Consumer<String> whenGone) {
        backend.pump().remove(output);
        user.ifPresent(backend.users()::giveBack);
        whenGone.accept(id);
    }
}
