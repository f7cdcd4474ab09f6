package dev.whirl.sandbox.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A node of a cluster: starts the runtime of each pod as a process of this machine that listens on a loopback address
/// of its own, tells how it goes, keeps the memory limit, and does on demand what nodes do to pods.
final class FakeKubelet implements ApiServer.Node, AutoCloseable {
    private static final int MOST_LOG_BYTES = 4_000;
    private static final long MEMORY_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final AtomicInteger LAST_ADDRESS = new AtomicInteger();

    private final KubernetesClient client;
    private final Path program;
    private final SharedIndexInformer<Pod> informer;
    private final Map<String, Machine> machines = new ConcurrentHashMap<>();
    private volatile Duration slowness = Duration.ZERO;
    private volatile boolean isFull;
    private volatile boolean resizes = true;

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
    void full(boolean isNowFull) {
        isFull = isNowFull;
    }

    /// Whether pods get other resources when they should.
    void resizes(boolean canResize) {
        resizes = canResize;
    }

    /// The names of pods whose process runs.
    List<String> running() {
        return machines.entrySet().stream()
                .filter(each -> each.getValue().process.isAlive())
                .map(Map.Entry::getKey)
                .toList();
    }

    /// The node fails: the process is gone, and so is the pod.
    void lose(String pod) {
        machine(pod).isReported = false;
        machine(pod).process.destroyForcibly();
        client.pods().inNamespace(ApiServer.NAMESPACE).withName(pod).delete();
    }

    /// The node needs its room for something else.
    void evict(String pod) {
        machine(pod).isReported = false;
        machine(pod).process.destroyForcibly();
        status(
                pod,
                new PodStatusBuilder()
                        .withPhase("Failed")
                        .withReason("Evicted")
                        .withMessage("The node was low on resource: memory.")
                        .build());
    }

    /// The node is asked to let it go, and does so when it is done: as a drain begins.
    void announceRemoval(String pod) {
        client.pods()
                .inNamespace(ApiServer.NAMESPACE)
                .withName(pod)
                .edit(each -> new PodBuilder(each)
                        .editMetadata()
                        .addToFinalizers("whirl.dev/test")
                        .endMetadata()
                        .build());
        client.pods().inNamespace(ApiServer.NAMESPACE).withName(pod).delete();
    }

    @Override
    public MockResponse attach(String pod) {
        Machine machine = machines.get(pod);
        return machine == null
                ? new MockResponse().setResponseCode(404)
                : new MockResponse().withWebSocketUpgrade(new Attaching(machine));
    }

    @Override
    public String log(String pod) {
        Machine machine = machines.get(pod);
        return machine == null ? "" : machine.log();
    }

    @Override
    public void resize(String pod, String patch) {
        if (!resizes) {
            return;
        }
        Pod wanted = Serialization.unmarshal(patch, Pod.class);
        long memory = memoryBytes(wanted.getSpec().getContainers().getFirst());
        Thread.ofVirtual().start(() -> {
            Machine machine = machine(pod);
            machine.memoryBytes = memory;
            status(pod, machine.runningStatus());
        });
    }

    @Override
    public void loseAttachments() {
        machines.values().forEach(Machine::detach);
    }

    @Override
    public void close() {
        informer.close();
        machines.values().forEach(each -> each.process.destroyForcibly());
    }

    private Machine machine(String pod) {
        return Optional.ofNullable(machines.get(pod)).orElseThrow();
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
            Machine machine = machines.get(pod.getMetadata().getName());
            if (machine != null) {
                machine.isReported = false;
                machine.process.destroyForcibly();
            }
        }
    }

    private static long memoryBytes(Container container) {
        return Optional.ofNullable(container.getResources().getLimits().get("memory"))
                .orElseThrow()
                .getNumericalAmount()
                .longValue();
    }

    private void begin(Pod pod) {
        String name = pod.getMetadata().getName();
        Container container = pod.getSpec().getContainers().getFirst();
        if (isFull) {
            status(name, unscheduled());
            return;
        }
        LockSupport.parkNanos(slowness.toNanos());
        Optional<ContainerState> hindrance = hindrance(container.getImage());
        if (hindrance.isPresent()) {
            status(name, status("Pending", null, hindrance.get(), null));
            return;
        }
        try {
            var machine = new Machine(name, container);
            machines.put(name, machine);
            status(name, machine.runningStatus());
            machine.follow();
            machine.keepMemory();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<ContainerState> hindrance(String image) {
        if (image.contains("missing")) {
            return Optional.of(waiting("ErrImagePull", "manifest for %s not found".formatted(image)));
        }
        if (image.contains("no-program")) {
            return Optional.of(waiting("RunContainerError", "exec: \"/start\": no such file or directory"));
        }
        if (image.contains("root-only")) {
            return Optional.of(
                    waiting("CreateContainerConfigError", "container has runAsNonRoot and image will run as root"));
        }
        return Optional.empty();
    }

    private static ContainerState waiting(String reason, String message) {
        return new ContainerStateBuilder()
                .withNewWaiting()
                .withReason(reason)
                .withMessage(message)
                .endWaiting()
                .build();
    }

    private static PodStatus unscheduled() {
        return new PodStatusBuilder()
                .withPhase("Pending")
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withReason("Unschedulable")
                .withMessage("0/1 nodes are available: 1 Insufficient memory.")
                .endCondition()
                .build();
    }

    private static PodStatus status(
            String phase, @Nullable String address, ContainerState state, @Nullable Long memoryBytes) {
        var container = new ContainerStatusBuilder().withName("user-action").withState(state);
        if (memoryBytes != null) {
            container
                    .withNewResources()
                    .addToLimits("memory", new Quantity(Long.toString(memoryBytes)))
                    .endResources();
        }
        return new PodStatusBuilder()
                .withPhase(phase)
                .withPodIP(address)
                .withContainerStatuses(container.build())
                .build();
    }

    private void status(String pod, PodStatus status) {
        try {
            client.pods()
                    .inNamespace(ApiServer.NAMESPACE)
                    .withName(pod)
                    .editStatus(each -> new PodBuilder(each).withStatus(status).build());
        } catch (KubernetesClientException | NullPointerException e) {
            // somebody removed the pod meanwhile
        }
    }

    /// The process of one pod.
    private final class Machine {
        private final String name;
        private final String address;
        private final Process process;
        private final ByteArrayOutputStream log = new ByteArrayOutputStream();
        private final List<WebSocket> attached = new CopyOnWriteArrayList<>();
        private final List<Thread> pumps = new ArrayList<>();
        private volatile long memoryBytes;
        private volatile boolean ranOutOfMemory;
        private volatile boolean isReported = true;

        private Machine(String name, Container container) throws IOException {
            this.name = name;
            address = nextAddress();
            memoryBytes = memoryBytes(container);
            var builder = new ProcessBuilder(command(container.getImage()));
            builder.environment().clear();
            for (EnvVar each : container.getEnv()) {
                builder.environment().put(each.getName(), each.getValue());
            }
            builder.environment().put("PROBE_HOST", address);
            process = builder.start();
        }

        private List<String> command(String image) {
            if (image.contains("mute")) {
                return List.of("sleep", "600");
            }
            return image.contains("quits")
                    ? List.of("sh", "-c", "echo it is no use; exit 3")
                    : List.of(
                            "/usr/bin/python3",
                            "-B",
                            program.resolve("server.py").toString());
        }

        private PodStatus runningStatus() {
            ContainerState state =
                    new ContainerStateBuilder().withNewRunning().endRunning().build();
            return status("Running", address, state, memoryBytes);
        }

        private void follow() {
            pumps.add(Thread.ofVirtual().start(() -> pump(1, process.getInputStream())));
            pumps.add(Thread.ofVirtual().start(() -> pump(2, process.getErrorStream())));
            Thread.ofVirtual().start(this::awaitEnd);
        }

        private void pump(int stream, InputStream in) {
            byte[] buffer = new byte[16 * 1024];
            try (in) {
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    byte[] message = new byte[count + 1];
                    message[0] = (byte) stream;
                    System.arraycopy(buffer, 0, message, 1, count);
                    keep(buffer, count);
                    attached.forEach(each -> each.send(message));
                }
            } catch (IOException e) {
                // it was ended
            }
        }

        private synchronized void keep(byte[] bytes, int length) {
            if (log.size() < MOST_LOG_BYTES) {
                log.write(bytes, 0, length);
            }
        }

        private synchronized String log() {
            return log.toString(UTF_8);
        }

        /// Looks at the process's memory as the kernel would, but now and then.
        private void keepMemory() {
            Path pages = Path.of("/proc", Long.toString(process.pid()), "statm");
            Thread.ofVirtual().start(() -> {
                while (process.isAlive()) {
                    try {
                        long bytes = Long.parseLong(Files.readString(pages).split(" ")[1]) * 4_096;
                        if (bytes > memoryBytes) {
                            ranOutOfMemory = true;
                            process.destroyForcibly();
                        }
                    } catch (IOException e) {
                        return; // it ended
                    }
                    LockSupport.parkNanos(MEMORY_LOOK_NANOS);
                }
            });
        }

        private void awaitEnd() {
            try {
                int exit = process.waitFor();
                for (Thread each : pumps) {
                    each.join();
                }
                detach();
                if (isReported) {
                    status(name, endedStatus(exit));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private PodStatus endedStatus(int exit) {
            ContainerState state = new ContainerStateBuilder()
                    .withNewTerminated()
                    .withExitCode(exit)
                    .withReason(ranOutOfMemory ? "OOMKilled" : exit == 0 ? "Completed" : "Error")
                    .endTerminated()
                    .build();
            return status(exit == 0 ? "Succeeded" : "Failed", address, state, memoryBytes);
        }

        private void detach() {
            attached.forEach(each -> each.close(1000, "over"));
            attached.clear();
        }
    }

    private static String nextAddress() {
        int number = LAST_ADDRESS.incrementAndGet();
        long pid = ProcessHandle.current().pid();
        return "127.%d.%d.%d".formatted(64 + pid % 128, number / 250 % 250, 1 + number % 250);
    }

    private static final class Attaching extends WebSocketListener {
        private final Machine machine;

        private Attaching(Machine machine) {
            this.machine = machine;
        }

        @Override
        public void onOpen(WebSocket socket, Response response) {
            machine.attached.add(socket);
        }

        @Override
        public void onClosed(WebSocket socket, int code, String reason) {
            machine.attached.remove(socket);
        }
    }
}
