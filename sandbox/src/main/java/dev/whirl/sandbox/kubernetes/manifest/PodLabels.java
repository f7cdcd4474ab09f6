package dev.whirl.sandbox.kubernetes.manifest;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// The labels by which an invoker finds its own pods, and those that an earlier one of its name
/// left; those of OpenWhisk among them (row I-25).
///
/// @param installation one of several in a namespace
/// @param invoker one of the installation's; while one is replaced there may be two of the name
/// @param life of the process, and of no other one ever
public record PodLabels(String installation, String invoker, String life) {
    private static final String MANAGER = "app.kubernetes.io/managed-by";
    private static final String OURS = "whirl";
    private static final String RELEASE = "release";
    private static final String ACTION_POD = "user-action-pod";
    private static final String INVOKER = "invoker";
    private static final String LIFE = "whirl.dev/life";

    private static final String NAME = "name";
    private static final String KIND = "whirl.dev/kind";
    private static final String LABEL = "whirl.dev/label";

    /// What pods carry that users have a say in.
    private static final Set<String> OF_USERS = Set.of(NAME, KIND, LABEL);

    /// The life that a thing with these labels belongs to; empty if it belongs to none.
    public static String lifeOf(Map<String, String> labels) {
        return labels.getOrDefault(LIFE, "");
    }

    /// Of all pods of this process.
    public Map<String, String> ofLife() {
        return with(ofInvoker(), Map.of(LIFE, life));
    }

    /// Of all pods of invokers of this name.
    public Map<String, String> ofInvoker() {
        return with(ofInstallation(), Map.of(INVOKER, Names.labelValue(invoker)));
    }

    /// Of all pods of the installation's functions.
    public Map<String, String> ofInstallation() {
        return with(ofShared(), Map.of(ACTION_POD, "true"));
    }

    /// Of what there is once for the installation.
    public Map<String, String> ofShared() {
        return Map.of(MANAGER, OURS, RELEASE, Names.labelValue(installation));
    }

    /// Of the leases of all invokers of this name.
    public Map<String, String> ofLeases() {
        return with(ofShared(), Map.of(INVOKER, Names.labelValue(invoker)));
    }

    /// Of the lease of this process.
    public Map<String, String> ofLease() {
        return with(ofLeases(), Map.of(LIFE, life));
    }

    /// Of one pod.
    Map<String, String> ofPod(String name, String kind, String label) {
        return with(
                ofLife(),
                Map.of(
                        NAME, Names.labelValue(name),
                        KIND, Names.labelValue(kind),
                        LABEL, Names.labelValue(label)));
    }

    /// Whether a selector of these labels may select pods of functions.
    ///
    /// @param more labels that all pods have besides
    public boolean mayBeOfFunctions(Map<String, String> selector, Map<String, String> more) {
        Map<String, String> known = with(more, ofLife());
        return selector.entrySet().stream()
                .allMatch(each ->
                        OF_USERS.contains(each.getKey()) || each.getValue().equals(known.get(each.getKey())));
    }

    private static Map<String, String> with(Map<String, String> labels, Map<String, String> more) {
        var all = new HashMap<>(labels);
        all.putAll(more);
        return Map.copyOf(all);
    }
}
