package dev.whirl.sandbox.kubernetes.api;

import dev.whirl.model.json.RawJson;
import dev.whirl.sandbox.kubernetes.manifest.PodManifest;
import dev.whirl.sandbox.output.ContainerOutput;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.VersionInfo;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// The API server, as far as sandboxes need it: pods of one namespace, and beside them [#policies]
/// and [#leases]. Calls block, a bounded time.
public final class Cluster implements AutoCloseable {
    private static final Duration LIST_PATIENCE = Duration.ofSeconds(10);
    private static final int LAST_WORDS_LINES = 20;
    private static final int LAST_WORDS_BYTES = 2_000;

    /// As of this one memory limits of running containers can be raised and lowered without a restart.
    private static final int RESIZES_SINCE_MINOR = 34;

    private final Connection connection;
    private final KubernetesClient client;
    private final Operations operations;

    /// Output is taken with turns of its own: an API server that does not let it be taken keeps
    /// nobody from starting and removing pods.
    private final Semaphore attachTurns;

    private final String namespace;

    private Cluster(Connection connection, ClusterSettings settings) {
        this.connection = connection;
        client = connection.client();
        operations = new Operations(settings.operations());
        attachTurns = new Semaphore(settings.operations());
        namespace = settings.namespace().isEmpty()
                ? Objects.requireNonNullElse(client.getNamespace(), "default")
                : settings.namespace();
    }

    /// Reads how to reach it; nothing is asked yet.
    ///
    /// @throws ClusterException with what to do, if nothing says where it is
    public static Cluster connect(ClusterSettings settings) throws ClusterException {
        return new Cluster(Connection.open(settings), settings);
    }

    public String namespace() {
        return namespace;
    }

    public Policies policies() {
        return new Policies(client, operations, namespace);
    }

    public Leases leases() {
        return new Leases(client, operations, namespace);
    }

    /// What answers, and whether it answers: `Kubernetes v1.34.1`.
    public ServerVersion version() throws ClusterException, InterruptedException {
        VersionInfo version = operations.perform("ask the API server for its version", client::getKubernetesVersion);
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
        APIResourceList resources =
                operations.perform("ask what the API server knows", () -> client.getApiResources("v1"));
        return resources != null
                && resources.getResources().stream().map(APIResource::getName).anyMatch("pods/resize"::equals);
    }

    /// Makes a pod. That the very same is there already means that an earlier attempt was answered
    /// too late.
    ///
    /// @throws ClusterException if it is refused, or another pod has its name
    public void create(Pod pod, Duration patience) throws ClusterException, InterruptedException {
        String name = PodWatch.name(pod);
        try {
            operations.perform(
                    "create the pod " + name,
                    patience,
                    () -> pods().resource(pod).create());
        } catch (ClusterException e) {
            if (!e.isAlreadyThere() || !isThere(pod)) {
                throw e;
            }
        }
    }

    private boolean isThere(Pod pod) throws ClusterException, InterruptedException {
        return find(PodWatch.name(pod))
                .map(each -> each.getMetadata().getLabels())
                .filter(each -> each.entrySet()
                        .containsAll(pod.getMetadata().getLabels().entrySet()))
                .isPresent();
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
                operations.perform("look for the pod " + name, () -> pod(name).get()));
    }

    /// All pods with these labels.
    public List<Pod> list(Map<String, String> labels, Duration patience) throws ClusterException, InterruptedException {
        return operations.perform(
                "list pods", patience, () -> pods().withLabels(labels).list().getItems());
    }

    /// Follows all pods with these labels, from now on.
    public PodWatch watch(Map<String, String> labels) throws ClusterException, InterruptedException {
        var informers = new Informers(() -> pods().withLabels(labels).runnableInformer(0), operations);
        var watch = new PodWatch(informers, new PodWatch.Pods() {
            @Override
            public Optional<Pod> find(String name) throws ClusterException, InterruptedException {
                return Cluster.this.find(name);
            }

            @Override
            public List<Pod> list() throws ClusterException, InterruptedException {
                return Cluster.this.list(labels, LIST_PATIENCE);
            }
        });
        watch.start();
        return watch;
    }

    /// Gives a running pod other resources, without a restart. Whether they come into effect its state tells.
    ///
    /// @param resources as in a manifest
    public void resize(String name, RawJson resources) throws ClusterException, InterruptedException {
        String patch = """
                {"spec":{"containers":[{"name":"%s","resources":%s}]}}""".formatted(PodManifest.CONTAINER, resources);
        operations.perform(
                "resize the pod " + name,
                () -> pod(name).subresource("resize").patch(PatchContext.of(PatchType.STRATEGIC_MERGE), patch));
    }

    /// What a container printed last, for messages; empty if nobody can tell.
    public String lastWords(String name) throws InterruptedException {
        try {
            return operations
                    .perform(
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
                attachTurns,
                pod.name(),
                output,
                () -> pod.state().isFinal());
    }

    /// Whatever is under way and does not end is left behind after some seconds.
    @Override
    public void close() {
        operations.end();
        connection.close();
    }

    private PodResource pod(String name) {
        return pods().withName(name);
    }

    private NonNamespaceOperation<Pod, PodList, PodResource> pods() {
        return client.pods().inNamespace(namespace);
    }
}
