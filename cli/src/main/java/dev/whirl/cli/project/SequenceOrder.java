package dev.whirl.cli.project;

import dev.whirl.cli.project.manifest.Manifest.ManifestPackage;
import dev.whirl.cli.project.manifest.Manifest.ManifestSequence;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/// The sequences of a package in an order in which each comes after those it contains. Pure.
final class SequenceOrder {
    private final ManifestPackage place;
    private final Map<String, ManifestSequence> sequences;
    private final SequencedMap<String, ManifestSequence> ordered = new LinkedHashMap<>();
    private final Set<String> underWay = new LinkedHashSet<>();

    private SequenceOrder(ManifestPackage place) {
        this.place = place;
        this.sequences = place.events().sequences();
    }

    static SequencedMap<String, ManifestSequence> of(ManifestPackage place) {
        var order = new SequenceOrder(place);
        order.sequences.forEach(order::add);
        return order.ordered;
    }

    /// One that contains itself, which the server refuses, is added all the same.
    private void add(String name, ManifestSequence sequence) {
        if (ordered.containsKey(name) || !underWay.add(name)) {
            return;
        }
        for (String component : sequence.components()) {
            String inner = component.startsWith(place.name() + "/")
                    ? component.substring(place.name().length() + 1)
                    : component;
            ManifestSequence other = sequences.get(inner);
            if (other != null) {
                add(inner, other);
            }
        }
        ordered.put(name, sequence);
    }
}
