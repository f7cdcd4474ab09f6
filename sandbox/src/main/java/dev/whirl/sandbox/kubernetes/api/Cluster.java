package dev.whirl.sandbox.kubernetes.api;

import dev.whirl.model.json.RawJson;
import dev.whirl.sandbox.kubernetes.manifest.PodManifest;
import dev.whirl.sandbox.output.ContainerOutput;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.VersionInfo;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The API server, as far as sandboxes need it: pods of one namespace. Calls block.
public final class Cluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int ANSWER_MILLIS = 10_000;
    private static final int LAST_WORDS_LINES = 20;
    private static final int LAST_WORDS_BYTES = 2_000;

    /// As of this one memory limits of running containers can be raised and lowered without a restart.
    private static final int RESIZES_SINCE_MINOR = 34;

    private final KubernetesClient client;
    private final ExecutorService threads;
    private final Operations operations;
    private final String namespace;

    private Cluster(KubernetesClient client, ExecutorService threads, ClusterSettings settings) {
        this.client = client;
        this.threads = threads;
        operations = new Operations(settings.operations());
        namespace = settings.namespace().isEmpty()
                ? Objects.requireNonNullElse(client.getNamespace(), "default")
                : settings.namespace();
    }

    /// Reads how to reach it; nothing is asked yet.
    ///
    /// @throws ClusterException with what to do, if nothing says where it is
    public static Cluster connect(ClusterSettings settings) throws ClusterException {
        ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("kubernetes-", 0).factory());
        try {
            Config config = new ConfigBuilder(config(settings))
                    .withRequestTimeout(ANSWER_MILLIS)
                    .withConnectionTimeout(ANSWER_MILLIS)
                    .withRequestRetryBackoffLimit(0)
                    .build();
            KubernetesClient client = new KubernetesClientBuilder()
                    .withConfig(config)
                    .withTaskExecutor(threads)
                    .build();
            return new Cluster(client, threads, settings);
        } catch (KubernetesClientException e) {
            throw new ClusterException("connect with the cluster", e);
        }
    }

    private static Config config(ClusterSettings settings) throws ClusterException {
        if (settings.kubeconfig().isEmpty()) {
            return settings.context().isEmpty()
                    ? new ConfigBuilder().build()
                    : Config.autoConfigure(settings.context());
        }
        Path file = Path.of(settings.kubeconfig());
        if (!Files.isReadable(file)) {
            throw new ClusterException("sandbox.kubernetes.kubeconfig: %s can't be read".formatted(file));
        }
        if (settings.context().isEmpty()) {
            return Config.fromKubeconfig(file.toFile());
        }
        Config config = Config.fromKubeconfig(settings.context(), file.toFile());
        if (config.getCurrentContext() == null
                || !settings.context().equals(config.getCurrentContext().getName())) {
            throw new ClusterException("sandbox.kubernetes.context: %s has no context %s; it has %s"
                    .formatted(
                            file,
                            settings.context(),
                            config.getContexts().stream()
                                    .map(NamedContext::getName)
                                    .collect(Collectors.joining(", "))));
        }
        return config;
    }

    public String namespace() {
        return namespace;
    }

    /// What answers, and whether it answers: `Kubernetes v1.34.1`.
    public ServerVersion version() throws ClusterException, InterruptedException {
        VersionInfo version = perform("ask the API server for its version", client::getKubernetesVersion);
        return ServerVersion.of(
                Objects.requireNonNullElse(version.getMajor(), ""),
                Objects.requireNonNullElse(version.getMinor(), ""),
                Objects.requireNonNullElse(version.getGitVersion(), ""));
    }

    /// Whether running pods can get another memory limit here, in both directions.
    public boolean canResize() throws ClusterException, InterruptedException {
        if (!version().isAtLeast(1, RESIZES_SINCE_MINOR)) {
            return false;
        }
        APIResourceList resources = perform("ask what the API server knows", () -> client.getApiResources("v1"));
        return resources != null
                && resources.getResources().stream().map(APIResource::getName).anyMatch("pods/resize"::equals);
    }

    /// Makes a pod. That there is one of its name already means that an earlier attempt was answered too late: names
    /// are never given twice.
    public void create(Pod pod, Duration patience) throws ClusterException, InterruptedException {
        try {
            operations.perform(
                    "create the pod " + PodWatch.name(pod),
                    patience,
                    () -> pods(pod).create());
        } catch (ClusterException e) {
            if (!e.isConflict()) {
                throw e;
            }
        }
    }

    private Resource<Pod> pods(Pod pod) {
        return client.pods().inNamespace(namespace).resource(pod);
    }

    /// Removes a pod. That it is not there is as good.
    public void delete(String name, Duration patience) throws ClusterException, InterruptedException {
        try {
            operations.perform(
                    "delete the pod " + name,
                    patience,
                    () -> pod(name)
                            .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                            .delete());
        } catch (ClusterException e) {
            if (!e.isMissing()) {
                throw e;
            }
        }
    }

    public Optional<Pod> find(String name) throws ClusterException, InterruptedException {
        return Optional.ofNullable(
                perform("look for the pod " + name, () -> pod(name).get()));
    }

    /// All pods with these labels.
    public List<Pod> list(Map<String, String> labels) throws ClusterException, InterruptedException {
        return perform(
                "list pods",
                () -> client.pods()
                        .inNamespace(namespace)
                        .withLabels(labels)
                        .list()
                        .getItems());
    }

    /// Follows all pods with these labels, from now on.
    public PodWatch watch(Map<String, String> labels) throws ClusterException, InterruptedException {
        var watch = new PodWatch(
                client.pods().inNamespace(namespace).withLabels(labels).runnableInformer(0));
        operations.perform("watch pods", PATIENCE, () -> {
            watch.start();
            return true;
        });
        return watch;
    }

    /// Gives a running pod other resources, without a restart. Whether they come into effect its state tells.
    ///
    /// @param resources as in a manifest
    public void resize(String name, RawJson resources) throws ClusterException, InterruptedException {
        String patch = """
                {"spec":{"containers":[{"name":"%s","resources":%s}]}}""".formatted(PodManifest.CONTAINER, resources);
        perform(
                "resize the pod " + name,
                () -> pod(name).subresource("resize").patch(PatchContext.of(PatchType.STRATEGIC_MERGE), patch));
    }

    /// What a container printed last, for messages; empty if nobody can tell.
    public String lastWords(String name) throws InterruptedException {
        try {
            return perform(
                            "read the log of " + name,
                            () -> pod(name)
                                    .inContainer(PodManifest.CONTAINER)
                                    .withReadyWaitTimeout(0)
                                    .limitBytes(LAST_WORDS_BYTES)
                                    .tailingLines(LAST_WORDS_LINES)
                                    .getLog())
                    .strip();
        } catch (ClusterException e) {
            return "";
        }
    }

    /// Begins to take what a running container prints.
    public Attachment attach(WatchedPod pod, ContainerOutput output) {
        String path = "/api/v1/namespaces/%s/pods/%s/attach?container=%s&stdin=false&stdout=true&stderr=true&tty=false"
                .formatted(namespace, pod.name(), PodManifest.CONTAINER);
        URI uri = URI.create(client.getMasterUrl().toString().replaceFirst("/$", "") + path);
        return Attachment.start(
                client.getHttpClient(),
                uri,
                operations,
                pod.name(),
                output,
                () -> pod.state().isFinal());
    }

    /// Makes a network policy as it should be, if it is not.
    public void protect(NetworkPolicy policy) throws ClusterException, InterruptedException {
        String name = policy.getMetadata().getName();
        NetworkPolicy found = perform(
                "look for the network policy " + name,
                () -> client.network()
                        .v1()
                        .networkPolicies()
                        .inNamespace(namespace)
                        .withName(name)
                        .get());
        if (found == null) {
            createPolicy(policy);
        } else if (!Objects.equals(found.getSpec(), policy.getSpec())) {
            perform(
                    "change the network policy " + name,
                    () -> client.network()
                            .v1()
                            .networkPolicies()
                            .inNamespace(namespace)
                            .resource(policy)
                            .update());
        }
    }

    /// Another invoker of the installation may be faster; it makes the same one.
    private void createPolicy(NetworkPolicy policy) throws ClusterException, InterruptedException {
        try {
            perform(
                    "create the network policy " + policy.getMetadata().getName(),
                    () -> client.network()
                            .v1()
                            .networkPolicies()
                            .inNamespace(namespace)
                            .resource(policy)
                            .create());
        } catch (ClusterException e) {
            if (!e.isConflict()) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        client.close();
        threads.close();
    }

    private PodResource pod(String name) {
        return client.pods().inNamespace(namespace).withName(name);
    }

    private <T> T perform(String what, Supplier<T> operation) throws ClusterException, InterruptedException {
        return operations.perform(what, PATIENCE, operation);
    }
}
