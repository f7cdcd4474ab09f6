package dev.whirl.sandbox.docker;

import dev.whirl.common.time.Deadlines;
import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.SandboxSpec;
import dev.whirl.sandbox.docker.engine.ContainerOrder;
import dev.whirl.sandbox.docker.engine.ContainerState;
import dev.whirl.sandbox.docker.engine.Engine;
import dev.whirl.sandbox.docker.engine.EngineException;
import dev.whirl.sandbox.docker.engine.ImageFacts;
import dev.whirl.sandbox.docker.limit.ContainerGroup;
import dev.whirl.sandbox.http.ContainerCalls;
import dev.whirl.sandbox.http.ContainerSandbox;
import dev.whirl.sandbox.image.ImageTraits;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Starts containers, step by step; undone if a step fails.
final class ContainerStarter {
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final Duration CONNECT_PATIENCE = Duration.ofMinutes(1);
    private static final long FULL_SHARES = 1_024;
    private static final long FEWEST_SHARES = 2;

    private final Engine engine;
    private final DockerSandboxConfig config;
    private final DockerSandboxes.Surroundings surroundings;
    private final ContainerLabels labels;
    private final Images images;
    private final Deadlines deadlines;
    private final HostSide hostSide;
    private final AtomicLong lastNumber = new AtomicLong();

    ContainerStarter(
            Engine engine,
            DockerSandboxConfig config,
            DockerSandboxes.Surroundings surroundings,
            ContainerLabels labels,
            Images images,
            Deadlines deadlines,
            HostSide hostSide) {
        this.engine = engine;
        this.config = config;
        this.surroundings = surroundings;
        this.labels = labels;
        this.images = images;
        this.deadlines = deadlines;
        this.hostSide = hostSide;
    }

    /// @param image its name
    /// @param isOwn whether the platform provides it
    private record Chosen(String image, boolean isOwn, ImageFacts facts) {}

    /// @param whenClosed told once it is gone
    DockerSandbox start(SandboxSpec spec, Consumer<ContainerSandbox> whenClosed)
            throws SandboxException, InterruptedException {
        Chosen chosen = choose(spec);
        ImageTraits traits = ImageTraits.ofLabels(chosen.facts().labels());
        Container container = create(spec, chosen, traits);
        boolean hasStarted = false;
        try {
            engine.start(container.id());
            DockerSandbox sandbox = ready(spec, chosen, traits, container, whenClosed);
            hasStarted = true;
            return sandbox;
        } catch (IOException e) {
            throw failure(spec, chosen, e, container.output().startOutput());
        } finally {
            if (!hasStarted) { // whatever the reason, want of a thread among them
                container.remove();
            }
        }
    }

    private Chosen choose(SandboxSpec spec) throws SandboxException, InterruptedException {
        boolean isBlackbox = spec.isOfUser();
        String image = isBlackbox ? spec.image() : config.images().getOrDefault(spec.runtime(), spec.image());
        boolean isOwn = !isBlackbox || images.isOwn(image);
        return new Chosen(image, isOwn, isOwn ? images.ofRuntime(image) : images.ofUser(image));
    }

    private Container create(SandboxSpec spec, Chosen chosen, ImageTraits traits)
            throws SandboxException, InterruptedException {
        try {
            return Container.create(engine, order(spec, chosen, traits));
        } catch (EngineException e) {
            images.forget(chosen.image()); // somebody may have removed it
            throw failure(spec, chosen, e, "");
        } catch (IOException e) {
            throw failure(spec, chosen, e, "");
        }
    }

    private ContainerOrder order(SandboxSpec spec, Chosen chosen, ImageTraits traits) {
        DockerSandboxConfig.Limits limits = config.limits();
        long shares =
                FULL_SHARES * spec.memory().bytes() / surroundings.poolMemory().bytes();
        return new ContainerOrder(
                "%s_%d_%s".formatted(labels.shortName(), lastNumber.incrementAndGet(), spec.label()),
                chosen.facts().id(),
                List.of("__OW_API_HOST=" + hostSide.apiHost(), "__OW_ALLOW_CONCURRENT=true"),
                labels.ofContainer(spec.runtime(), spec.label()),
                hostSide.network(),
                new ContainerOrder.Limits(
                        spec.memory(),
                        Math.max(FEWEST_SHARES, shares),
                        limits.nanoCpus(),
                        limits.processes(),
                        limits.openFiles(),
                        limits.disk()),
                limits.kept(),
                folders(chosen.facts(), traits),
                config.runtime(),
                config.engine().publishes());
    }

    /// A volume that an image declares would be room on the engine's disk without a bound; it is memory instead.
    private ContainerOrder.Folders folders(ImageFacts image, ImageTraits traits) {
        var inMemory = new HashSet<>(image.volumes());
        if (traits.bearsReadOnlyRoot()) {
            inMemory.add("/tmp");
        }
        return new ContainerOrder.Folders(
                !traits.bearsReadOnlyRoot(), inMemory, config.limits().tmpSize());
    }

    private DockerSandbox ready(
            SandboxSpec spec,
            Chosen chosen,
            ImageTraits traits,
            Container container,
            Consumer<ContainerSandbox> whenClosed)
            throws IOException, InterruptedException {
        ContainerState state = container.state();
        if (!state.isRunning() || state.address().isEmpty()) {
            throw new IOException("it ended at once, exit status %d. %s".formatted(state.exitStatus(), state.error()));
        }
        var life = new EngineLife(container, ContainerGroup.of(state.pid(), container.id()));
        var calls = new ContainerCalls(state.address().orElseThrow(), life, CONNECT_PATIENCE, deadlines);
        boolean isReady = false;
        try {
            awaitListening(chosen, container, calls);
            var parts = new DockerSandbox.Parts(life, calls, traits, chosen.isOwn(), whenClosed);
            var sandbox = new DockerSandbox(spec, parts);
            isReady = true;
            return sandbox;
        } finally {
            if (!isReady) {
                calls.close();
            }
        }
    }

    /// An image of a user that takes longer gets its init all the same, and the init's time (row K-14).
    private void awaitListening(Chosen chosen, Container container, ContainerCalls calls)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        long deadline = start + config.startTimeout().toNanos();
        long nextLook = start + LOOK_NANOS;
        long pause = FIRST_PAUSE_NANOS;
        while (!calls.isListening(deadline)) {
            long now = System.nanoTime();
            if (now - nextLook >= 0) {
                ContainerState state = container.state();
                if (!state.isRunning()) {
                    throw new IOException("it ended, exit status " + state.exitStatus());
                }
                nextLook = now + LOOK_NANOS;
                if (!chosen.isOwn()) {
                    return;
                }
            }
            if (now - deadline >= 0) {
                throw new IOException("nothing listens on port 8080 after " + config.startTimeout());
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(LONGEST_PAUSE_NANOS, pause * 2);
        }
    }

    /// A user's image that has no program to start is the user's affair (row K-25), and so is one that ends.
    private SandboxException failure(SandboxSpec spec, Chosen chosen, IOException cause, String said) {
        String reason = String.valueOf(cause.getMessage());
        String message = "a container of %s for %s could not be started: %s%s"
                .formatted(chosen.image(), spec.runtime(), reason, said.isEmpty() ? "" : "; it printed: " + said);
        if (chosen.isOwn()) {
            return new SandboxException(message, cause);
        }
        if (reason.contains("executable file not found")
                || reason.contains("no such file or directory")
                || reason.contains("o command specified")) {
            return SandboxException.ofImage("executable file not found in image %s".formatted(chosen.image()), message);
        }
        return reason.startsWith("it ended")
                ? SandboxException.ofImage(
                        "The container of image '%s' ended before it took the code.".formatted(chosen.image()), message)
                : new SandboxException(message, cause);
    }
}
