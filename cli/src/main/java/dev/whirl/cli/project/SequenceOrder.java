package dev.whirl.cli.project;

import dev.whirl.cli.project.manifest.Manifest.Dependency;
import dev.whirl.cli.project.manifest.Manifest.ManifestPackage;
import dev.whirl.cli.project.manifest.Manifest.ManifestSequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/// The sequences of a manifest in an order in which each comes after those it contains, in whatever
/// package these stand. Namespaces do not count: to come after a sequence of this name that is not
/// meant does no harm. Pure.
final class SequenceOrder {
    /// Sequences in sequences: servers run far fewer.
    private static final int MOST_LEVELS = 500;

    /// A sequence and where it stands.
    record Placed(ManifestPackage place, String name, ManifestSequence sequence) {
        /// `package/name`
        private String entityName() {
            return place.entityName(name);
        }
    }

    private final SequencedMap<String, Placed> sequences = new LinkedHashMap<>();
    private final Map<String, String> bindings = new HashMap<>();
    private final List<Placed> ordered = new ArrayList<>();
    private final Set<String> begun = new HashSet<>();

    private SequenceOrder(List<ManifestPackage> packages) {
        for (ManifestPackage place : packages) {
            place.events().sequences().forEach((name, sequence) -> {
                var placed = new Placed(place, name, sequence);
                sequences.put(placed.entityName(), placed);
            });
            place.dependencies().forEach((name, dependency) -> {
                if (dependency instanceof Dependency.Bound bound) {
                    bindings.put(name, lastPart(bound.location()));
                }
            });
        }
    }

    static List<Placed> of(List<ManifestPackage> packages) {
        var order = new SequenceOrder(packages);
        order.sequences.values().forEach(each -> order.add(each, 0));
        return List.copyOf(order.ordered);
    }

    /// One that contains itself, which is told before anything is sent, is added all the same.
    private void add(Placed placed, int level) {
        if (level > MOST_LEVELS || !begun.add(placed.entityName())) {
            return;
        }
        for (String component : placed.sequence().components()) {
            Placed inner = sequences.get(entityName(placed.place(), component));
            if (inner != null) {
                add(inner, level + 1);
            }
        }
        ordered.add(placed);
    }

    /// A component as `package/name`, through the bindings of the manifest.
    private String entityName(ManifestPackage place, String component) {
        if (!component.contains("/")) {
            return place.entityName(component);
        }
        String name = lastPart(component);
        String[] parts = component.split("/", -1);
        boolean hasPackage = !component.startsWith("/") || parts.length > 3;
        String packageName = hasPackage ? parts[parts.length - 2] : "";
        return hasPackage ? bindings.getOrDefault(packageName, packageName) + "/" + name : name;
    }

    private static String lastPart(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
