package dev.whirl.sandbox.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// A node of a cluster: starts the runtime of each pod as a process of this machine, tells how it goes, and does on
/// demand what nodes do to pods.
final class FakeKubelet implements ApiServer.Node, AutoCloseable {
    private final KubernetesClient client;
    private final Path program;
    private final SharedIndexInformer<Pod> informer;
    private final Map<String, PodProcess> processes = new ConcurrentHashMap<>();
    private volatile Duration slowness = Duration.ZERO;
    private volatile boolean isFull;
    private volatile boolean isClosed;

    /// @param program folder with the test runtime
    FakeKubelet(KubernetesClient client, Path program) {
        this.client = client;
        this.program = program;
        informer = client.pods().inNamespace(ApiServer.NAMESPACE).inform(new Handler(), 0);
    }

    /// From now on a pod takes so long to start.
    void slow(Duration time) {
        slowness = time;
    }

    /// From now on there is no room for another pod.
    void full() {
        isFull = true;
    }

    /// The names of pods whose process runs.
    List<String> running() {
        return processes.entrySet().stream()
                .filter(each -> each.getValue().isRunning())
                .map(Map.Entry::getKey)
                .toList();
    }

    /// The node fails: the process is gone, and so is the pod.
    void lose(String pod) {
        process(pod).lose();
        resource(pod).delete();
    }

    /// The node fails, and the cluster has not noticed yet.
    void failSilently(String pod) {
        process(pod).lose();
    }

    /// The node fails, and nothing of it answers any more: connections stay as they are.
    void freeze(String pod) {
        process(pod).freeze();
    }

    /// The cluster gives the node of a pod up.
    void giveUp(String pod) {
        status(pod, PodStatuses.nodeLost());
    }

    /// The node is back, and the container is not.
    void forgetContainer(String pod) {
        status(pod, PodStatuses.unknownEnd());
    }

    /// The node needs its room for something else.
    void evict(String pod) {
        process(pod).lose();
        status(pod, PodStatuses.evicted());
    }

    /// The node is asked to let it go, and does so when it is done: as a drain begins.
    void announceRemoval(String pod) {
        resource(pod)
                .edit(each -> new PodBuilder(each)
                        .editMetadata()
                        .addToFinalizers("whirl.dev/test")
                        .endMetadata()
                        .build());
        resource(pod).delete();
    }

    @Override
    public MockResponse attach(String pod) {
        PodProcess process = processes.get(pod);
        return process == null
                ? new MockResponse().setResponseCode(404)
                : new MockResponse().withWebSocketUpgrade(new Attaching(process));
    }

    @Override
    public String log(String pod) {
        PodProcess process = processes.get(pod);
        return process == null ? "" : process.log();
    }

    @Override
    public void resize(String pod, String patch) {
        Pod wanted = Serialization.unmarshal(patch, Pod.class);
        long memory = PodProcess.memoryBytes(wanted.getSpec().getContainers().getFirst());
        Thread.ofVirtual().start(() -> process(pod).resize(memory));
    }

    @Override
    public void loseAttachments() {
        processes.values().forEach(PodProcess::detachAll);
    }

    @Override
    public void close() {
        isClosed = true;
        informer.close();
        processes.values().forEach(PodProcess::lose);
    }

    private PodProcess process(String pod) {
        return Optional.ofNullable(processes.get(pod)).orElseThrow();
    }

    private PodResource resource(String pod) {
        return client.pods().inNamespace(ApiServer.NAMESPACE).withName(pod);
    }

    private final class Handler implements ResourceEventHandler<Pod> {
        @Override
        public void onAdd(Pod pod) {
            Thread.ofVirtual().start(() -> begin(pod));
        }

        @Override
        public void onUpdate(Pod before, Pod now) {}

        @Override
        public void onDelete(Pod pod, boolean isStateUnknown) {
            PodProcess process = processes.get(pod.getMetadata().getName());
            if (process != null) {
                process.lose();
            }
        }
    }

    private void begin(Pod pod) {
        String name = pod.getMetadata().getName();
        Container container = pod.getSpec().getContainers().getFirst();
        LockSupport.parkNanos(slowness.toNanos());
        if (isClosed || resource(name).get() == null) {
            return; // somebody removed the pod meanwhile
        }
        Optional<PodStatus> hindrance = hindrance(container.getImage());
        if (hindrance.isPresent()) {
            status(name, hindrance.get());
            return;
        }
        try {
            var process = new PodProcess(container, command(container.getImage()), status -> status(name, status));
            processes.put(name, process);
            process.begin();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<PodStatus> hindrance(String image) {
        if (isFull) {
            return Optional.of(PodStatuses.unscheduled());
        }
        if (image.contains("missing")) {
            return Optional.of(PodStatuses.waiting("ErrImagePull", "manifest for %s not found".formatted(image)));
        }
        if (image.contains("no-program")) {
            return Optional.of(PodStatuses.waiting("RunContainerError", "exec: \"/start\": no such file or directory"));
        }
        if (image.contains("no-room")) {
            return Optional.of(PodStatuses.waiting("CreateContainerError", "no space left on device"));
        }
        return image.contains("root-only")
                ? Optional.of(PodStatuses.waiting(
                        "CreateContainerConfigError", "container has runAsNonRoot and image will run as root"))
                : Optional.empty();
    }

    private List<String> command(String image) {
        if (image.contains("mute")) {
            return List.of("sleep", "600");
        }
        return image.contains("quits")
                ? List.of("sh", "-c", "echo it is no use; exit 3")
                : List.of("/usr/bin/python3", "-B", program.resolve("server.py").toString());
    }

    private void status(String pod, PodStatus status) {
        try {
            resource(pod)
                    .editStatus(each -> new PodBuilder(each).withStatus(status).build());
        } catch (KubernetesClientException | NullPointerException e) {
            // somebody removed the pod meanwhile
        }
    }

    private static final class Attaching extends WebSocketListener {
        private final PodProcess process;

        private Attaching(PodProcess process) {
            this.process = process;
        }

        @Override
        public void onOpen(WebSocket socket, Response response) {
            process.attach(socket);
        }

        @Override
        public void onClosed(WebSocket socket, int code, String reason) {
            process.detach(socket);
        }
    }
}
