package dev.whirl.sandbox.docker;

import dev.whirl.common.time.Deadlines;
import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.RuntimeReadiness;
import dev.whirl.sandbox.Sandbox;
import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.SandboxSpec;
import dev.whirl.sandbox.Sandboxes;
import dev.whirl.sandbox.docker.engine.Engine;
import dev.whirl.sandbox.http.LiveSandboxes;
import dev.whirl.sandbox.http.OrphanSweep;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sandboxes that are containers of a Docker engine.
public final class DockerSandboxes implements Sandboxes {
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(15);
    private static final Logger log = LoggerFactory.getLogger(DockerSandboxes.class);

    private final Deadlines deadlines = Deadlines.started("container-deadlines");
    private final LiveSandboxes<DockerSandbox> live = new LiveSandboxes<>();
    private final List<RuntimeReadiness> readiness;
    private final ContainerStarter starter;
    private final OrphanSweep<String> sweep;
    private final HostSide hostSide;

    /// What the rest of the installation has to do with containers.
    ///
    /// @param installation names this server among all that use the engine; no other that runs has it
    /// @param folder of this server, for what is remembered beyond its life
    /// @param images of the kinds of the manifest
    /// @param ownImages `prefix/name` of images that users name and the platform provides
    /// @param poolMemory of all sandboxes together: their shares of the processors are their shares of it
    /// @param apiAddress where this machine offers the API, as `http://localhost:3233`
    public record Surroundings(
            String installation,
            Path folder,
            Map<String, String> images,
            Set<String> ownImages,
            ByteSize poolMemory,
            String apiAddress) {
        public Surroundings {
            images = Map.copyOf(images);
            ownImages = Set.copyOf(ownImages);
        }
    }

    /// Connects with the engine, removes what an earlier server of this installation left, and makes the containers'
    /// network.
    ///
    /// @throws SandboxException with one sentence that says what to do, if that can't be done here
    public DockerSandboxes(DockerSandboxConfig config, Surroundings surroundings)
            throws SandboxException, InterruptedException {
        boolean isOpen = false;
        try {
            var labels = new ContainerLabels(surroundings.installation());
            Engine engine = Engine.connect(config.engine(), deadlines);
            checkRuntime(engine, config);
            Leftovers.remove(engine, labels);
            var pulled = new PulledImages(engine, surroundings.folder().resolve("pulled-images"), config.imagesSize());
            var images = new Images(engine, config, surroundings.ownImages(), pulled);
            readiness = readiness(engine, config, surroundings);
            hostSide = HostSide.prepare(engine, config, surroundings, labels);
            starter = new ContainerStarter(engine, config, surroundings, labels, images, deadlines, hostSide);
            sweep = OrphanSweep.started(
                    new UnknownContainers(engine, labels, () -> live.names(DockerSandbox::container)));
            isOpen = true;
        } catch (IOException e) {
            throw new SandboxException(String.valueOf(e.getMessage()), e);
        } finally {
            if (!isOpen) {
                deadlines.close();
            }
        }
    }

    @Override
    public List<RuntimeReadiness> readiness() {
        return readiness;
    }

    @Override
    public Sandbox start(SandboxSpec spec) throws SandboxException, InterruptedException {
        return live.start(whenClosed -> starter.start(spec, whenClosed));
    }

    @Override
    public void close() {
        sweep.close();
        live.close(CLOSE_PATIENCE);
        hostSide.close();
        deadlines.close();
    }

    private static void checkRuntime(Engine engine, DockerSandboxConfig config)
            throws IOException, InterruptedException {
        String wanted = config.runtime();
        if (!wanted.isEmpty()) {
            List<String> known = engine.runtimes();
            if (!known.contains(wanted)) {
                throw new IOException(
                        "sandbox.docker.runtime: the engine does not know %s; it knows %s. Add it to the engine's daemon.json."
                                .formatted(wanted, String.join(", ", known)));
            }
        }
    }

    private static List<RuntimeReadiness> readiness(
            Engine engine, DockerSandboxConfig config, Surroundings surroundings)
            throws IOException, InterruptedException {
        var all = new ArrayList<RuntimeReadiness>();
        all.add(new RuntimeReadiness(SandboxSpec.BLACKBOX, true, engine.name()));
        for (Map.Entry<String, String> each : new TreeMap<>(surroundings.images()).entrySet()) {
            String image = config.images().getOrDefault(each.getKey(), each.getValue());
            boolean isHere = engine.image(image).isPresent();
            String explanation = isHere
                    ? "image " + image
                    : config.pullsRuntimes()
                            ? "image %s, pulled when it is needed".formatted(image)
                            : "needs: docker pull " + image;
            all.add(new RuntimeReadiness(each.getKey(), isHere || config.pullsRuntimes(), explanation));
        }
        log.atDebug().addKeyValue("engine", engine.name()).log("functions run as containers");
        return List.copyOf(all);
    }
}
