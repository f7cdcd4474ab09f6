package dev.whirl.sandbox.kubernetes;

import dev.whirl.common.time.Deadlines;
import dev.whirl.sandbox.RuntimeReadiness;
import dev.whirl.sandbox.Sandbox;
import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.SandboxSpec;
import dev.whirl.sandbox.Sandboxes;
import dev.whirl.sandbox.http.LiveSandboxes;
import dev.whirl.sandbox.http.OrphanSweep;
import dev.whirl.sandbox.kubernetes.manifest.PodLabels;
import dev.whirl.sandbox.kubernetes.manifest.PodManifest;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Sandboxes that are pods of a Kubernetes cluster (row I-25).
public final class KubernetesSandboxes implements Sandboxes {
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(15);
    private static final int LIFE_BYTES = 8;
    private static final int TOKEN_LENGTH = 6;

    private final Deadlines deadlines = Deadlines.started("container-deadlines");
    private final LiveSandboxes<KubernetesSandbox> live = new LiveSandboxes<>();
    private final Presence presence;
    private final PodStarter starter;
    private final OrphanSweep<UnknownPods.Unknown> sweep;
    private final List<RuntimeReadiness> readiness;

    /// What the rest of the installation has to do with pods.
    ///
    /// @param invoker one of the installation's
    /// @param images of the kinds of the manifest
    /// @param ownImages `prefix/name` of images that users name and the platform provides
    public record Surroundings(String invoker, Map<String, String> images, Set<String> ownImages) {
        public Surroundings {
            images = Map.copyOf(images);
            ownImages = Set.copyOf(ownImages);
        }
    }

    /// Connects with the cluster, begins to watch, and looks for what an earlier invoker of this
    /// name left.
    ///
    /// @throws SandboxException with one sentence that says what to do, if that can't be done here
    public KubernetesSandboxes(KubernetesSandboxConfig config, Surroundings surroundings)
            throws SandboxException, InterruptedException {
        requireApiHost(config);
        var labels = new PodLabels(config.installation(), surroundings.invoker(), life());
        Presence opened = null;
        boolean isOpen = false;
        try {
            opened = Presence.open(config, labels);
            presence = opened;
            starter = new PodStarter(
                    site(config, surroundings, opened, deadlines), labels.life().substring(0, TOKEN_LENGTH));
            sweep = OrphanSweep.started(
                    new UnknownPods(presence.cluster(), labels, presence.watch(), presence.lease()));
            readiness = readiness(config, surroundings, presence.version());
            isOpen = true;
        } catch (IOException e) {
            throw new SandboxException(
                    "%s. sandbox.backend=kubernetes needs a cluster: see docs/guide/kubernetes.md"
                            .formatted(e.getMessage()),
                    e);
        } finally {
            if (!isOpen) {
                closeQuietly(opened);
            }
        }
    }

    private void closeQuietly(@Nullable Presence opened) {
        if (opened != null) {
            opened.close();
        }
        deadlines.close();
    }

    private static void requireApiHost(KubernetesSandboxConfig config) throws SandboxException {
        if (config.apiHost().isEmpty()) {
            throw new SandboxException(
                    "sandbox.kubernetes.api-host must be named: the address of the API as pods reach it, such as"
                            + " http://controller.openwhisk.svc:3233");
        }
    }

    private static String life() {
        byte[] bytes = new byte[LIFE_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static PodStarter.Site site(
            KubernetesSandboxConfig config, Surroundings surroundings, Presence presence, Deadlines deadlines) {
        var manifest = new PodManifest(
                config.template(),
                presence.labels(),
                config.shares(),
                config.placing(),
                config.access(),
                Map.of("__OW_API_HOST", config.apiHost(), "__OW_ALLOW_CONCURRENT", "true"),
                config.owner());
        return new PodStarter.Site(
                presence.cluster(),
                presence.watch(),
                new PodRemoval(presence.cluster(), presence.watch()),
                manifest,
                new PodImages(config.images(), surroundings.ownImages()),
                deadlines,
                surroundings.invoker(),
                presence.canResize(),
                config.startTimeout());
    }

    @Override
    public List<RuntimeReadiness> readiness() {
        return readiness;
    }

    @Override
    public Sandbox start(SandboxSpec spec) throws SandboxException, InterruptedException {
        return live.start(whenClosed -> starter.start(spec, whenClosed));
    }

    /// If the cluster does not answer it takes half a minute, and pods are left.
    @Override
    public void close() {
        live.refuse();
        sweep.close();
        presence.watch().abandon("the server is ending"); // whoever waits for a pod waits no longer
        live.close(CLOSE_PATIENCE);
        presence.close();
        deadlines.close();
    }

    /// One look for pods that nobody has, besides those that are made each minute.
    int sweep() throws IOException, InterruptedException {
        return sweep.look();
    }

    private static List<RuntimeReadiness> readiness(
            KubernetesSandboxConfig config, Surroundings surroundings, String version) {
        var all = new ArrayList<RuntimeReadiness>();
        all.add(new RuntimeReadiness(SandboxSpec.BLACKBOX, true, "Kubernetes " + version));
        for (Map.Entry<String, String> each : new TreeMap<>(surroundings.images()).entrySet()) {
            String image = config.images().byKind().getOrDefault(each.getKey(), each.getValue());
            all.add(new RuntimeReadiness(each.getKey(), true, "image %s, pulled by the cluster".formatted(image)));
        }
        return List.copyOf(all);
    }
}
