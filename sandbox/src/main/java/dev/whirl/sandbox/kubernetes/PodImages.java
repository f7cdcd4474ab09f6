package dev.whirl.sandbox.kubernetes;

import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.SandboxSpec;
import dev.whirl.sandbox.image.ImageReference;
import dev.whirl.sandbox.image.ImageTraits;
import dev.whirl.sandbox.kubernetes.manifest.PodImage;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;

/// Which image a sandbox is made of, and how it is had (row K-25).
///
/// | whose image | name | a node asks its registry |
/// |---|---|---|
/// | of a runtime, or of the list of native images | any | if it does not have it |
/// | a user's | `latest`, or no tag | for each pod; failing that, the action fails |
/// | a user's | another tag, or a digest | if it does not have it; failing that, the action fails |
///
/// Where the platform's images are pulled with secrets, users' images of any tag are asked for each
/// time.
///
/// @param ownImages `prefix/name` of images that users name and the platform provides
record PodImages(KubernetesSandboxConfig.Images settings, Set<String> ownImages) {
    PodImages {
        ownImages = Set.copyOf(ownImages);
    }

    PodImage choose(SandboxSpec spec) throws SandboxException {
        boolean isBlackbox = spec.isOfUser();
        String name = isBlackbox ? spec.image() : settings.byKind().getOrDefault(spec.runtime(), spec.image());
        if (!ImageReference.isName(name)) {
            throw unpulled(name, "'%s' is no name of an image".formatted(name));
        }
        ImageReference reference = ImageReference.parse(name);
        boolean isOwn = !isBlackbox || reference.isOneOf(ownImages);
        Set<String> registries = settings.registries();
        if (!isOwn && !registries.isEmpty() && !registries.contains(reference.registry())) {
            throw unpulled(name, "%s is not among sandbox.kubernetes.registries".formatted(reference.registry()));
        }
        return new PodImage(name, isOwn, reference.isFloating(), isOwn ? traits(name) : ImageTraits.NONE);
    }

    static SandboxException unpulled(String image, String reason) {
        return SandboxException.ofImage(
                "Failed to pull container image '%s'.".formatted(image),
                "the image %s could not be pulled: %s".formatted(image, reason));
    }

    /// The longest beginning counts.
    private ImageTraits traits(String name) {
        return settings.traits().entrySet().stream()
                .filter(each -> name.startsWith(each.getKey()))
                .max(Comparator.comparingInt(each -> each.getKey().length()))
                .map(Map.Entry::getValue)
                .orElse(ImageTraits.NONE);
    }
}
