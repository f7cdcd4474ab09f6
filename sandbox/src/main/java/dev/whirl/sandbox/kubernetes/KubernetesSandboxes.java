package dev.whirl.sandbox.kubernetes;

import dev.whirl.sandbox.RuntimeReadiness;
import dev.whirl.sandbox.Sandbox;
import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.SandboxSpec;
import dev.whirl.sandbox.Sandboxes;
import dev.whirl.sandbox.http.Deadlines;
import dev.whirl.sandbox.kubernetes.KubernetesSandboxConfig.Policy;
import dev.whirl.sandbox.kubernetes.api.Cluster;
import dev.whirl.sandbox.kubernetes.api.ClusterException;
import dev.whirl.sandbox.kubernetes.api.PodWatch;
import dev.whirl.sandbox.kubernetes.manifest.NetworkRules;
import dev.whirl.sandbox.kubernetes.manifest.PodLabels;
import dev.whirl.sandbox.kubernetes.manifest.PodManifest;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sandboxes that are pods of a Kubernetes cluster (row I-25).
public final class KubernetesSandboxes implements Sandboxes {
    private static final Logger log = LoggerFactory.getLogger(KubernetesSandboxes.class);

    private final Deadlines deadlines = Deadlines.started();
    private final Map<String, KubernetesSandbox> running = new ConcurrentHashMap<>();
    private final Cluster cluster;
    private final PodWatch watch;
    private final PodRemoval removal;
    private final PodStarter starter;
    private final PodSweep sweep;
    private final List<RuntimeReadiness> readiness;
    private volatile boolean isClosed;

    /// What the rest of the installation has to do with pods.
    ///
    /// @param invoker one of the installation's; no other that runs is called so
    /// @param images of the kinds of the manifest
    /// @param ownImages `prefix/name` of images that users name and the platform provides
    public record Surroundings(String invoker, Map<String, String> images, Set<String> ownImages) {
        public Surroundings {
            images = Map.copyOf(images);
            ownImages = Set.copyOf(ownImages);
        }
    }

    /// Connects with the cluster, removes what an earlier life of this invoker left, and begins to watch.
    ///
    /// @throws SandboxException with one sentence that says what to do, if that can't be done here
    public KubernetesSandboxes(KubernetesSandboxConfig config, Surroundings surroundings)
            throws SandboxException, InterruptedException {
        requireApiHost(config);
        Opened opened = null;
        try {
            var labels = new PodLabels(config.installation(), surroundings.invoker());
            opened = Opened.open(config, labels);
            cluster = opened.cluster();
            watch = opened.watch();
            removal = new PodRemoval(cluster, watch);
            var images = new PodImages(config.images(), surroundings.ownImages());
            var site = new PodStarter.Site(
                    cluster,
                    watch,
                    removal,
                    manifest(config, labels),
                    images,
                    deadlines,
                    surroundings.invoker(),
                    opened.canResize(),
                    config.startTimeout());
            starter = new PodStarter(site, token());
            sweep = PodSweep.started(cluster, labels.ofInvoker(), watch);
            readiness = readiness(config, surroundings, opened.version());
        } catch (ClusterException e) {
            throw new SandboxException(
                    "%s. sandbox.backend=kubernetes needs a cluster: see docs/guide/kubernetes.md"
                            .formatted(e.getMessage()),
                    e);
        } finally {
            if (opened == null) {
                deadlines.close();
            }
        }
    }

    private static void requireApiHost(KubernetesSandboxConfig config) throws SandboxException {
        if (config.apiHost().isEmpty()) {
            throw new SandboxException(
                    "sandbox.kubernetes.api-host must be named: the address of the API as pods reach it, such as"
                            + " http://controller.openwhisk.svc:3233");
        }
    }

    /// A cluster that is being watched.
    private record Opened(Cluster cluster, PodWatch watch, boolean canResize, String version) {
        static Opened open(KubernetesSandboxConfig config, PodLabels labels)
                throws ClusterException, InterruptedException {
            Cluster cluster = Cluster.connect(config.cluster());
            boolean isOpen = false;
            try {
                String version = cluster.version().text();
                checkOwner(cluster, config.owner());
                int left = PodSweep.removeAll(cluster, labels.ofInvoker());
                if (left > 0) {
                    log.atInfo().addKeyValue("pods", left).log("removed what an earlier invoker left");
                }
                protect(cluster, config.network(), labels);
                var opened = new Opened(cluster, cluster.watch(labels.ofInvoker()), cluster.canResize(), version);
                isOpen = true;
                return opened;
            } finally {
                if (!isOpen) {
                    cluster.close();
                }
            }
        }
    }

    /// A pod that names an owner that is not there the cluster removes at once.
    private static void checkOwner(Cluster cluster, Optional<PodManifest.Owner> owner)
            throws ClusterException, InterruptedException {
        if (owner.isPresent()) {
            Optional<Pod> pod = cluster.find(owner.get().name());
            if (pod.filter(each -> owner.get().uid().equals(each.getMetadata().getUid()))
                    .isEmpty()) {
                throw new ClusterException(
                        "sandbox.kubernetes.pod-name: there is no pod %s with the uid %s in the namespace %s; pods of functions belong to their invoker in its own namespace only"
                                .formatted(owner.get().name(), owner.get().uid(), cluster.namespace()));
            }
        }
    }

    private static void protect(Cluster cluster, KubernetesSandboxConfig.Network network, PodLabels labels)
            throws ClusterException, InterruptedException {
        if (network.policy() == Policy.NONE) {
            log.atWarn()
                    .log(
                            "sandbox.kubernetes.network-policy=none: who reaches the pods of functions is somebody else's affair");
            return;
        }
        var rules = new NetworkRules(
                network.invokers(), network.api(), network.policy() == Policy.FILTERED, network.denied());
        cluster.protect(rules.policy(labels));
    }

    private static PodManifest manifest(KubernetesSandboxConfig config, PodLabels labels) {
        return new PodManifest(
                config.template(),
                labels,
                config.shares(),
                config.placing(),
                config.access(),
                Map.of("__OW_API_HOST", config.apiHost(), "__OW_ALLOW_CONCURRENT", "true"),
                config.owner());
    }

    private static String token() {
        return "%06x".formatted(ThreadLocalRandom.current().nextInt(1 << 24));
    }

    @Override
    public List<RuntimeReadiness> readiness() {
        return readiness;
    }

    @Override
    public Sandbox start(SandboxSpec spec) throws SandboxException, InterruptedException {
        if (isClosed) {
            throw new SandboxException("the server is ending");
        }
        KubernetesSandbox sandbox = starter.start(spec, this::gone);
        running.put(sandbox.id(), sandbox);
        if (isClosed) {
            sandbox.close();
        }
        return sandbox;
    }

    @Override
    public void close() {
        isClosed = true;
        sweep.close();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            running.values().forEach(sandbox -> threads.execute(sandbox::close));
        }
        watch.close();
        cluster.close();
        deadlines.close();
    }

    /// One look for pods that nobody has, besides those that are made each minute.
    int sweep() throws ClusterException, InterruptedException {
        return sweep.look();
    }

    private void gone(KubernetesSandbox sandbox) {
        removal.remove(sandbox.id());
        running.remove(sandbox.id());
    }

    private static List<RuntimeReadiness> readiness(
            KubernetesSandboxConfig config, Surroundings surroundings, String version) {
        var all = new ArrayList<RuntimeReadiness>();
        all.add(new RuntimeReadiness(PodImages.BLACKBOX, true, "Kubernetes " + version));
        for (Map.Entry<String, String> each : new TreeMap<>(surroundings.images()).entrySet()) {
            String image = config.images().byKind().getOrDefault(each.getKey(), each.getValue());
            all.add(new RuntimeReadiness(each.getKey(), true, "image %s, pulled by the cluster".formatted(image)));
        }
        return List.copyOf(all);
    }
}
