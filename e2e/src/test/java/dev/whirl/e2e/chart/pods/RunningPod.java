package dev.whirl.e2e.chart.pods;

import dev.whirl.chart.Manifests;
import dev.whirl.e2e.support.Docker;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/// One pod: its containers one after the other, until the last has ended or is ready.
final class RunningPod {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final long LOOK_MILLIS = 250;

    private final PodPlan plan;
    private final Manifests manifests;
    private final RunWords words;
    private final PodVolumes volumes;
    private final List<String> started = new ArrayList<>();
    private volatile boolean isReady;

    /// @param folder for volumes
    /// @param names entries for files of hosts
    /// @throws IllegalStateException if it can't be started as it is rendered
    RunningPod(PodPlan plan, Manifests manifests, Path folder, List<String> names) {
        this.plan = plan;
        this.manifests = manifests;
        this.words = new RunWords(plan, names);
        this.volumes = new PodVolumes(folder, plan, manifests);
    }

    PodPlan plan() {
        return plan;
    }

    boolean isReady() {
        return isReady;
    }

    /// Starts it.
    ///
    /// @throws AssertionError with what its containers printed, if one fails, or is not ready in time
    void run() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (Container each : plan.spec().getInitContainers()) {
            String id = start(each);
            expectSuccess(each, id);
            Docker.run("rm", "--volumes", id); // the next one has its address
        }
        String last = start(plan.container());
        if (plan.isEnding()) {
            expectSuccess(plan.container(), last);
        } else {
            awaitReady(last, end);
        }
        isReady = true;
    }

    private String start(Container container) {
        PodEnvironment environment = PodEnvironment.of(plan, container, manifests);
        String id = Docker.run(words.of(container, environment, volumes.words(container)));
        synchronized (started) {
            started.add(id);
        }
        return id;
    }

    private void expectSuccess(Container container, String id) {
        String code = awaitEnd(id);
        if (!code.equals("0")) {
            throw new AssertionError(
                    "%s of %s ended with %s:%n%s".formatted(container.getName(), plan.name(), code, Docker.log(id)));
        }
    }

    private static String awaitEnd(String id) {
        return Docker.call(PATIENCE, List.of("docker", "wait", id));
    }

    private void awaitReady(String id, long end) throws InterruptedException {
        CompletableFuture<String> over = CompletableFuture.supplyAsync(
                () -> awaitEnd(id), task -> Thread.ofVirtual().start(task));
        try (HttpClient client = HttpClient.newHttpClient()) {
            var probes = new Probes(plan, id, client);
            for (Probe each : probes(plan.container())) {
                Optional<String> complaint = probes.complaint(each);
                while (complaint.isPresent()) {
                    if (over.isDone() || System.nanoTime() - end > 0) {
                        throw new AssertionError("%s %s: %s%n%s"
                                .formatted(
                                        plan.name(),
                                        over.isDone() ? "ended" : "is not ready",
                                        complaint.get(),
                                        Docker.log(id)));
                    }
                    Thread.sleep(LOOK_MILLIS);
                    complaint = probes.complaint(each);
                }
            }
        }
    }

    /// In the order in which they count.
    private static List<Probe> probes(Container container) {
        return Stream.of(container.getStartupProbe(), container.getReadinessProbe(), container.getLivenessProbe())
                .filter(Objects::nonNull)
                .toList();
    }

    /// What its last container has printed.
    String log() {
        return Docker.log(last());
    }

    /// Asks its container to stop, with the time that it has in a cluster.
    void stop() {
        long seconds = plan.spec().getTerminationGracePeriodSeconds();
        Docker.call(PATIENCE, List.of("docker", "stop", "-t", Long.toString(seconds), last()));
    }

    private String last() {
        synchronized (started) {
            return started.getLast();
        }
    }
}
