package dev.whirl.sandbox.kubernetes.manifest;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirementBuilder;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.NodeSelectorTermBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// On which nodes pods go.
///
/// @param affinity to nodes that are labelled `openwhisk-role=invoker`
/// @param tolerations of taints that keep other pods away
public record Placing(NodeAffinity affinity, List<Toleration> tolerations) {
    private static final String ROLE = "openwhisk-role";
    private static final String INVOKER = "invoker";
    private static final int STRONGEST = 100;

    /// So long a pod stays bound to a node that does not answer. A cluster's own default is five minutes.
    private static final long LOST_NODE_SECONDS = 30;

    private static final List<String> LOST_NODE =
            List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");

    /// How much the role of a node counts.
    public enum NodeAffinity {
        /// A pod goes to no other node.
        REQUIRED,
        /// A pod goes to another one if those are full.
        PREFERRED,
        /// Not at all.
        NONE
    }

    public Placing {
        tolerations = List.copyOf(tolerations);
    }

    /// Reads `key`, `key=value`, `key:effect`, `key=value:effect`.
    ///
    /// @throws IllegalArgumentException if it is none
    public static Toleration toleration(String text) {
        if (!text.matches("[A-Za-z0-9._/-]+(=[A-Za-z0-9._-]+)?(:(NoSchedule|PreferNoSchedule|NoExecute))?")) {
            throw new IllegalArgumentException("'%s' is not KEY[=VALUE][:EFFECT]".formatted(text));
        }
        int colon = text.indexOf(':');
        String tainted = colon < 0 ? text : text.substring(0, colon);
        int equals = tainted.indexOf('=');
        return new TolerationBuilder()
                .withKey(equals < 0 ? tainted : tainted.substring(0, equals))
                .withOperator(equals < 0 ? "Exists" : "Equal")
                .withValue(equals < 0 ? null : tainted.substring(equals + 1))
                .withEffect(colon < 0 ? null : text.substring(colon + 1))
                .build();
    }

    /// A template's, ours, and those for nodes that are lost, where nobody says otherwise.
    List<Toleration> tolerations(List<Toleration> ofTemplate) {
        var all = new ArrayList<>(ofTemplate);
        all.addAll(tolerations);
        for (String each : LOST_NODE) {
            if (all.stream().noneMatch(toleration -> each.equals(toleration.getKey()))) {
                all.add(new TolerationBuilder()
                        .withKey(each)
                        .withOperator("Exists")
                        .withEffect("NoExecute")
                        .withTolerationSeconds(LOST_NODE_SECONDS)
                        .build());
            }
        }
        return all;
    }

    /// A template's affinity, and ours besides.
    Optional<Affinity> affinity(@Nullable Affinity ofTemplate) {
        return switch (affinity) {
            case NONE -> Optional.ofNullable(ofTemplate);
            case PREFERRED ->
                Optional.of(new AffinityBuilder(orNew(ofTemplate))
                        .editOrNewNodeAffinity()
                        .addNewPreferredDuringSchedulingIgnoredDuringExecution()
                        .withWeight(STRONGEST)
                        .withNewPreference()
                        .withMatchExpressions(role())
                        .endPreference()
                        .endPreferredDuringSchedulingIgnoredDuringExecution()
                        .endNodeAffinity()
                        .build());
            case REQUIRED -> Optional.of(required(orNew(ofTemplate)));
        };
    }

    /// One of the terms must hold: each gets ours.
    private static Affinity required(Affinity affinity) {
        List<NodeSelectorTerm> terms = Optional.ofNullable(affinity.getNodeAffinity())
                .map(each -> each.getRequiredDuringSchedulingIgnoredDuringExecution())
                .map(each -> each.getNodeSelectorTerms())
                .filter(each -> !each.isEmpty())
                .orElse(List.of(new NodeSelectorTerm()));
        return new AffinityBuilder(affinity)
                .editOrNewNodeAffinity()
                .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                .withNodeSelectorTerms(terms.stream().map(Placing::withRole).toList())
                .endRequiredDuringSchedulingIgnoredDuringExecution()
                .endNodeAffinity()
                .build();
    }

    private static NodeSelectorTerm withRole(NodeSelectorTerm term) {
        return new NodeSelectorTermBuilder(term).addToMatchExpressions(role()).build();
    }

    private static NodeSelectorRequirement role() {
        return new NodeSelectorRequirementBuilder()
                .withKey(ROLE)
                .withOperator("In")
                .withValues(INVOKER)
                .build();
    }

    private static Affinity orNew(@Nullable Affinity affinity) {
        return affinity == null ? new Affinity() : affinity;
    }
}
