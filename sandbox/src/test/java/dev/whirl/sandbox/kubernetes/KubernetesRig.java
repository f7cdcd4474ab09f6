package dev.whirl.sandbox.kubernetes;

import dev.whirl.common.config.ConfigReader;
import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.SandboxSpec;
import dev.whirl.sandbox.process.Probe;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// A cluster of the mock API server and one node, and the Kubernetes backend before it.
final class KubernetesRig implements AutoCloseable {
    private final ApiServer server = new ApiServer();
    private final KubernetesClient operator;
    private final FakeKubelet kubelet;
    private final Path folder;

    KubernetesRig() throws IOException {
        folder = Files.createTempDirectory("cluster");
        operator = client("operator-token");
        kubelet = new FakeKubelet(operator, program());
        server.with(kubelet);
        Files.writeString(
                folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: mock, cluster: {server: "%s"}}]
                users: [{name: invoker, user: {token: %s}}]
                contexts: [{name: here, context: {cluster: mock, user: invoker, namespace: %s}}]
                current-context: here
                """.formatted(server.url(), ApiServer.INVOKER, ApiServer.NAMESPACE));
    }

    /// @param settings keys without their prefix, and values
    KubernetesSandboxes open(String... settings) throws Exception {
        return openAs("invoker0", settings);
    }

    KubernetesSandboxes openAs(String invoker, String... settings) throws Exception {
        return new KubernetesSandboxes(config(settings), surroundings(invoker));
    }

    static KubernetesSandboxes.Surroundings surroundings(String invoker) {
        return new KubernetesSandboxes.Surroundings(
                invoker, Map.of("probe:1", "whirl-test/probe:1"), Set.of("whirl-test/apache"));
    }

    KubernetesSandboxConfig config(String... settings) {
        var values = new HashMap<String, String>();
        values.put("kubeconfig", folder.resolve("kubeconfig").toString());
        values.put("api-host", "http://api.example:3233");
        values.put("image-traits", "whirl-test/probe=concurrent");
        values.put("start-timeout", "20s");
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        var keys = new HashMap<String, String>();
        values.forEach((key, value) -> keys.put("sandbox.kubernetes." + key, value));
        var reader = new ConfigReader(List.of(new ConfigReader.Source("--set", keys)), Map.of());
        KubernetesSandboxConfig config = KubernetesSandboxConfig.read(reader);
        reader.finish();
        return config;
    }

    ApiServer server() {
        return server;
    }

    FakeKubelet kubelet() {
        return kubelet;
    }

    /// For whoever is not the invoker.
    KubernetesClient operator() {
        return operator;
    }

    List<Pod> pods() {
        return operator.pods().inNamespace(ApiServer.NAMESPACE).list().getItems();
    }

    List<String> podNames() {
        return pods().stream().map(each -> each.getMetadata().getName()).toList();
    }

    /// Makes a pod as that of the invoker would be, if it were in the cluster.
    String ownPod() {
        operator.pods()
                .inNamespace(ApiServer.NAMESPACE)
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withName("whirl-invoker-0")
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("invoker")
                        .withImage("me/mute")
                        .withNewResources()
                        .addToLimits("memory", new Quantity("1Gi"))
                        .endResources()
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
        return "whirl-invoker-0";
    }

    String uid(String pod) {
        return operator.pods()
                .inNamespace(ApiServer.NAMESPACE)
                .withName(pod)
                .get()
                .getMetadata()
                .getUid();
    }

    /// Makes a pod as an invoker of the same name would that is not there any more.
    String leftByAnother(String pod) {
        Pod known =
                operator.pods().inNamespace(ApiServer.NAMESPACE).withName(pod).get();
        operator.pods()
                .inNamespace(ApiServer.NAMESPACE)
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withName("left-by-another")
                        .withLabels(known.getMetadata().getLabels())
                        .addToLabels("whirl.dev/life", "dead")
                        .endMetadata()
                        .withSpec(known.getSpec())
                        .build())
                .create();
        return "left-by-another";
    }

    /// Makes the lease that goes with it, and nobody renews it.
    void leaseOf(String pod) {
        operator.leases()
                .inNamespace(ApiServer.NAMESPACE)
                .resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withName("whirl-dead")
                        .withLabels(operator.pods()
                                .inNamespace(ApiServer.NAMESPACE)
                                .withName(pod)
                                .get()
                                .getMetadata()
                                .getLabels())
                        .endMetadata()
                        .withNewSpec()
                        .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
                        .endSpec()
                        .build())
                .create();
    }

    List<String> leaseNames() {
        return leases().map(each -> each.getMetadata().getName()).toList();
    }

    /// When leases were renewed.
    List<String> renewals() {
        return leases().map(each -> each.getSpec().getRenewTime().toString()).toList();
    }

    private Stream<Lease> leases() {
        return operator.leases().inNamespace(ApiServer.NAMESPACE).list().getItems().stream();
    }

    static SandboxSpec spec(ByteSize memory) {
        return new SandboxSpec("probe:1", "whirl-test/probe:1", memory, "test");
    }

    /// A sandbox of the test runtime that has no code yet.
    static Probe startCold(KubernetesSandboxes sandboxes, ByteSize memory) throws Exception {
        return new Probe(sandboxes.start(spec(memory)));
    }

    static Probe start(KubernetesSandboxes sandboxes) throws Exception {
        Probe probe = startCold(sandboxes, ByteSize.mebibytes(256));
        probe.init("{}");
        return probe;
    }

    /// A sandbox of an image that a user named.
    static Probe startImage(KubernetesSandboxes sandboxes, String image) throws Exception {
        return new Probe(sandboxes.start(new SandboxSpec("blackbox", image, ByteSize.mebibytes(256), "box")));
    }

    @Override
    public void close() throws IOException {
        kubelet.close();
        operator.close();
        server.close();
    }

    private KubernetesClient client(String token) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(server.url())
                .withNamespace(ApiServer.NAMESPACE)
                .withOauthToken(token)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /// The test runtime behind HTTP, as the image of the Docker tests has it.
    private Path program() throws IOException {
        Path target = Files.createDirectory(folder.resolve("probe"));
        for (String each : List.of("/docker/probe", "/runtimes/probe")) {
            try (Stream<Path> files = Files.list(resource(each))) {
                for (Path file :
                        files.filter(name -> name.toString().endsWith(".py")).toList()) {
                    Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        return target;
    }

    private static Path resource(String name) {
        try {
            return Path.of(Objects.requireNonNull(KubernetesRig.class.getResource(name))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
