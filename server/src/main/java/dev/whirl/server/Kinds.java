package dev.whirl.server;

import dev.whirl.model.runtime.RuntimeKind;
import dev.whirl.model.runtime.RuntimesManifest;
import dev.whirl.sandbox.RuntimeReadiness;
import java.util.List;

/// Which of the kinds that this installation offers can run here.
final class Kinds {
    private Kinds() {}

    /// One line for each kind of the manifest: ready ones first.
    static List<RuntimeReadiness> readiness(RuntimesManifest manifest, List<RuntimeReadiness> backend) {
        return manifest.kinds().stream()
                .map(kind -> readiness(kind, backend))
                .sorted((a, b) -> Boolean.compare(b.isReady(), a.isReady()))
                .toList();
    }

    private static RuntimeReadiness readiness(RuntimeKind kind, List<RuntimeReadiness> backend) {
        return backend.stream()
                .filter(each -> each.runtime().equals(kind.kind()))
                .findFirst()
                .orElse(new RuntimeReadiness(kind.kind(), false, "needs docker"));
    }
}
