package dev.whirl.sandbox.docker;

import java.util.Map;

/// The labels by which a server finds its own containers again, whatever became of it.
///
/// @param installation names one server among all that use an engine
record ContainerLabels(String installation) {
    static final String INSTALLATION = "dev.whirl.installation";
    private static final String KIND = "dev.whirl.kind";
    private static final String ACTION = "dev.whirl.label";

    Map<String, String> ofContainer(String kind, String label) {
        return Map.of(INSTALLATION, installation, KIND, kind, ACTION, label);
    }

    Map<String, String> ofNetwork() {
        return Map.of(INSTALLATION, installation);
    }

    /// A short name for what is one per installation, such as its bridge: of letters and digits.
    String shortName() {
        return "whirl%08x".formatted(installation.hashCode());
    }
}
