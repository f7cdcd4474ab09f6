package dev.whirl.sandbox.kubernetes.manifest;

import java.util.HashMap;
import java.util.Map;

/// The labels by which an invoker finds its own pods again, whatever became of it; those of OpenWhisk among them
/// (row I-25).
///
/// @param installation one of several in a namespace
/// @param invoker one of the installation's
public record PodLabels(String installation, String invoker) {
    private static final String MANAGER = "app.kubernetes.io/managed-by";
    private static final String OURS = "whirl";
    private static final String RELEASE = "release";
    private static final String ACTION_POD = "user-action-pod";

    /// Of all pods of one invoker.
    public Map<String, String> ofInvoker() {
        var labels = new HashMap<>(ofInstallation());
        labels.put("invoker", Names.labelValue(invoker));
        return labels;
    }

    /// Of all pods of the installation's functions.
    public Map<String, String> ofInstallation() {
        return Map.of(MANAGER, OURS, RELEASE, Names.labelValue(installation), ACTION_POD, "true");
    }

    /// Of one pod.
    Map<String, String> ofPod(String name, String kind, String label) {
        var labels = new HashMap<>(ofInvoker());
        labels.put("name", Names.labelValue(name));
        labels.put("whirl.dev/kind", Names.labelValue(kind));
        labels.put("whirl.dev/label", Names.labelValue(label));
        return labels;
    }

    /// Of what there is once for the installation.
    public Map<String, String> ofShared() {
        return Map.of(MANAGER, OURS, RELEASE, Names.labelValue(installation));
    }
}
