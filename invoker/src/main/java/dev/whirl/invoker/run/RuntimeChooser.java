package dev.whirl.invoker.run;

import dev.whirl.invoker.run.RuntimeChoice.Found;
import dev.whirl.invoker.run.RuntimeChoice.Missing;
import dev.whirl.model.ActivationMessages;
import dev.whirl.model.entity.Exec;
import dev.whirl.model.runtime.RuntimeKind;
import dev.whirl.model.runtime.RuntimesManifest;
import dev.whirl.sandbox.RuntimeReadiness;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Finds the runtime for an action: older kinds are served by the newest of their family, images of the list of native
/// images by the runtime for executables, and other images only where the backend runs images.
public final class RuntimeChooser {
    /// The runtime for executables.
    public static final String NATIVE = "native";

    private final RuntimesManifest manifest;
    private final Map<String, RuntimeReadiness> readiness;

    public RuntimeChooser(RuntimesManifest manifest, List<RuntimeReadiness> readiness) {
        this.manifest = manifest;
        this.readiness = readiness.stream()
                .collect(Collectors.toUnmodifiableMap(RuntimeReadiness::runtime, Function.identity(), (a, _) -> a));
    }

    public RuntimeChoice choose(Exec exec) {
        return switch (exec) {
            case Exec.Code code ->
                manifest.serving(code.kind())
                        .map(this::ready)
                        .orElseGet(() -> new Missing(
                                ActivationMessages.runtimeNotHere(code.kind(), "it is not in the manifest")));
            case Exec.Blackbox box -> ofImage(box.image());
            case Exec.Sequence _ -> throw new IllegalArgumentException("sequences run in the controller");
        };
    }

    /// Whether this backend runs a runtime. What it does not speak about it is asked to try.
    public boolean isReady(String runtime) {
        return Optional.ofNullable(readiness.get(runtime))
                .map(RuntimeReadiness::isReady)
                .orElse(true);
    }

    private RuntimeChoice ready(RuntimeKind kind) {
        return isReady(kind.kind())
                ? new Found(kind.kind(), kind.image())
                : new Missing(ActivationMessages.runtimeNotHere(kind.kind(), explanation(kind.kind())));
    }

    private RuntimeChoice ofImage(String image) {
        boolean runsImages = readiness.containsKey(Exec.Blackbox.KIND) && isReady(Exec.Blackbox.KIND);
        if (runsImages) {
            return new Found(Exec.Blackbox.KIND, image);
        }
        if (!manifest.nativeImages().contains(nameOf(image))) {
            return new Missing(ActivationMessages.imageNeedsDocker(image));
        }
        return isReady(NATIVE)
                ? new Found(NATIVE, image)
                : new Missing(ActivationMessages.runtimeNotHere(NATIVE, explanation(NATIVE)));
    }

    private String explanation(String runtime) {
        return Optional.ofNullable(readiness.get(runtime))
                .map(RuntimeReadiness::explanation)
                .orElse("nothing is known of it");
    }

    /// `prefix/name` of an image, without registry and tag.
    private static String nameOf(String image) {
        int slash = image.lastIndexOf('/');
        int colon = image.indexOf(':', slash + 1);
        String untagged = colon < 0 ? image : image.substring(0, colon);
        String[] parts = untagged.split("/");
        return parts.length <= 2 ? untagged : parts[parts.length - 2] + "/" + parts[parts.length - 1];
    }
}
