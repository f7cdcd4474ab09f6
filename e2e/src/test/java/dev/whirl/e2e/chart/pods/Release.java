package dev.whirl.e2e.chart.pods;

import dev.whirl.chart.Chart;
import dev.whirl.chart.Manifests;
import dev.whirl.chart.Workload;
import dev.whirl.e2e.support.Docker;
import dev.whirl.e2e.support.Folders;
import io.fabric8.kubernetes.api.model.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// A rendering of the chart whose pods run as containers. Closing removes all of it.
public final class Release implements AutoCloseable {
    private final Path folder;
    private final Manifests manifests;
    private final PodNetwork network;
    private final Services services;
    private final List<PodPlan> plans;
    private final List<String> names;
    private final List<RunningPod> pods = new ArrayList<>();

    private Release(Manifests manifests) {
        this.manifests = manifests;
        try {
            folder = Files.createTempDirectory("whirl-chart-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        removeContainers(); // of a process of tests that was killed
        List<Service> all = manifests.all(Service.class);
        network = new PodNetwork();
        services = new Services(all, network);
        plans = Workload.of(manifests).stream()
                .flatMap(each -> plans(each).stream())
                .toList();
        names = new Names(plans, all, services.addresses(), Chart.NAMESPACE).entries();
    }

    private List<PodPlan> plans(Workload workload) {
        String name = workload.object().getMetadata().getName();
        boolean isOnNode = Boolean.TRUE.equals(workload.pod().getHostNetwork());
        return IntStream.range(0, workload.replicas())
                .mapToObj(number -> new PodPlan(
                        name + "-" + number,
                        Chart.NAMESPACE,
                        workload,
                        isOnNode ? PodNetwork.node() : network.newPodAddress()))
                .toList();
    }

    /// Starts all pods but the tests, at once, and waits until each is ready, or done.
    ///
    /// @throws AssertionError if one fails, with what it printed
    /// @throws IllegalStateException if one can't be started as it is rendered
    public static Release install(Manifests manifests) {
        return install(manifests, _ -> true);
    }

    /// The same with some workloads only.
    public static Release install(Manifests manifests, Predicate<Workload> which) {
        var release = new Release(manifests);
        try {
            release.start(which);
            return release;
        } catch (RuntimeException | Error e) {
            release.close();
            throw e;
        }
    }

    private void start(Predicate<Workload> which) {
        for (PodPlan each : plans) {
            if (!each.isTest() && which.test(each.workload())) {
                pods.add(new RunningPod(each, manifests, folder, names));
            }
        }
        lead();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var starts = new ExecutorCompletionService<Void>(threads);
            for (RunningPod each : pods) {
                var _ = starts.submit(() -> start(each));
            }
            try {
                for (int i = 0; i < pods.size(); i++) {
                    expectSuccess(starts.take());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            } catch (RuntimeException | Error e) {
                threads.shutdownNow();
                removeContainers(); // nobody waits for the others any more
                throw e;
            }
        }
    }

    private Void start(RunningPod pod) throws InterruptedException {
        pod.run();
        lead();
        return null;
    }

    private static void expectSuccess(Future<Void> start) throws InterruptedException {
        try {
            start.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof Error error) {
                throw error;
            }
            throw cause instanceof RuntimeException exception ? exception : new IllegalStateException(cause);
        }
    }

    private void lead() {
        List<PodPlan> ready =
                pods.stream().filter(RunningPod::isReady).map(RunningPod::plan).toList();
        services.lead(plans, ready::contains);
    }

    /// Runs a pod of `helm test`.
    ///
    /// @param name of the pod
    /// @return what it printed
    /// @throws AssertionError if it fails, with what it printed
    public String test(String name) throws InterruptedException {
        PodPlan plan = plans.stream()
                .filter(each -> each.isTest()
                        && each.workload().object().getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no test " + name));
        var pod = new RunningPod(plan, manifests, folder, names);
        pod.run();
        return pod.log();
    }

    /// What a pod has printed.
    ///
    /// @param beginning of its name
    public String log(String beginning) {
        return pod(beginning).log();
    }

    /// Asks a pod to stop, and waits until it has.
    ///
    /// @param beginning of its name
    public void stop(String beginning) {
        pod(beginning).stop();
    }

    private RunningPod pod(String beginning) {
        return pods.stream()
                .filter(each -> each.plan().name().startsWith(beginning))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no pod " + beginning));
    }

    private static void removeContainers() {
        List<String> all = Docker.run("ps", "--all", "--quiet", "--filter", "label=" + RunWords.LABEL)
                .lines()
                .toList();
        if (!all.isEmpty()) {
            var words = new ArrayList<>(List.of("rm", "--force", "--volumes"));
            words.addAll(all);
            Docker.run(words);
        }
    }

    @Override
    public void close() {
        removeContainers();
        try {
            services.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            network.close();
            Folders.deleteRecursively(folder);
        }
    }
}
