package dev.whirl.sandbox.docker;

import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.docker.engine.Engine;
import dev.whirl.sandbox.docker.engine.ImageFacts;
import dev.whirl.sandbox.image.ImageReference;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which images are here, and getting those that are not (row K-25).
///
/// | whose image | name | pulled |
/// |---|---|---|
/// | of a runtime, or of the list of native images | any | only if it is not here |
/// | a user's | `latest`, or no tag | before each start; failing that, the action fails |
/// | a user's | another tag, or a digest | before each start, unless a digest is here; failing that, what is here is
/// run |
final class Images {
    private static final Logger log = LoggerFactory.getLogger(Images.class);

    private final Engine engine;
    private final DockerSandboxConfig config;
    private final Set<String> ownImages;
    private final PulledImages pulled;
    private final Map<String, ImageFacts> known = new ConcurrentHashMap<>();

    /// @param ownImages `prefix/name` of images that users name and the platform provides
    /// @param pulled those of users
    Images(Engine engine, DockerSandboxConfig config, Set<String> ownImages, PulledImages pulled) {
        this.engine = engine;
        this.config = config;
        this.ownImages = Set.copyOf(ownImages);
        this.pulled = pulled;
    }

    /// Whether the platform provides an image that a user named: not whoever has one of that name in another registry.
    boolean isOwn(String image) {
        return ImageReference.parse(image).isOneOf(ownImages);
    }

    /// The image for a runtime of the platform.
    ImageFacts ofRuntime(String image) throws SandboxException, InterruptedException {
        check(image);
        ImageFacts before = known.get(image);
        if (before != null) {
            return before;
        }
        try {
            Optional<ImageFacts> here = engine.image(image);
            if (here.isEmpty() && config.pullsRuntimes()) {
                engine.pull(ImageReference.parse(image), config.credentials());
                here = engine.image(image);
            }
            ImageFacts found = here.orElseThrow(() -> new SandboxException(
                    "the image %s is not here; fetch it with: docker pull %s".formatted(image, image)));
            known.put(image, found);
            return found;
        } catch (IOException e) {
            throw new SandboxException("the image %s can't be had: %s".formatted(image, e.getMessage()), e);
        }
    }

    /// The next start asks the engine anew.
    void forget(String image) {
        known.remove(image);
    }

    /// The image that a user named.
    ImageFacts ofUser(String image) throws SandboxException, InterruptedException {
        check(image);
        ImageReference reference = ImageReference.parse(image);
        try {
            Optional<ImageFacts> here = engine.image(image);
            boolean isFixed = reference.digest().isPresent() && here.isPresent();
            boolean isNew = !isFixed && isPulled(image, reference, here.isPresent());
            ImageFacts facts = engine.image(image).orElseThrow(() -> unpulled(image, "it is not here"));
            if (isNew && (here.isEmpty() || pulled.has(image))) {
                pulled.pulled(image, facts);
            } else {
                pulled.used(image);
            }
            return facts;
        } catch (IOException e) {
            throw new SandboxException("the engine can't tell of the image %s: %s".formatted(image, e.getMessage()), e);
        }
    }

    private boolean isPulled(String image, ImageReference reference, boolean isHere)
            throws SandboxException, InterruptedException {
        String problem;
        if (config.registries().isEmpty() || config.registries().contains(reference.registry())) {
            try {
                engine.pull(reference, config.credentials());
                return true;
            } catch (IOException e) {
                problem = String.valueOf(e.getMessage());
            }
        } else {
            problem = "%s is not among sandbox.docker.registries".formatted(reference.registry());
        }
        if (reference.isFloating() || !isHere) {
            throw unpulled(image, problem);
        }
        log.atInfo()
                .addKeyValue("image", image)
                .addKeyValue("reason", problem)
                .log("An image could not be pulled; the one that is here is run");
        return false;
    }

    private static SandboxException unpulled(String image, String reason) {
        return SandboxException.ofImage(
                "Failed to pull container image '%s'.".formatted(image),
                "the image %s could not be pulled: %s".formatted(image, reason));
    }

    private static void check(String image) throws SandboxException {
        if (!ImageReference.isName(image)) {
            throw SandboxException.ofImage(
                    "Failed to pull container image '%s'.".formatted(image),
                    "'%s' is no name of an image".formatted(image));
        }
    }
}
