package dev.whirl.cli.project;

import dev.whirl.client.QualifiedName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Looks whether sequences contain themselves, or come to more actions than the server runs in one
/// (row R-69). For one deployment.
final class SequenceCheck {
    /// Sequences in sequences: servers run far fewer.
    private static final int MOST_LEVELS = 500;

    /// More than any server runs, and far from where a sum would overflow.
    private static final long FAR_TOO_MANY = 1_000_000;

    private final Function<QualifiedName, List<QualifiedName>> components;
    private final OptionalLong most;
    private final Findings findings;
    private final SequencedSet<QualifiedName> way = new LinkedHashSet<>();
    private final Set<QualifiedName> seen = new HashSet<>();
    private final Set<QualifiedName> circular = new HashSet<>();
    private final Map<QualifiedName, Long> counts = new HashMap<>();

    /// @param components of a sequence; none of what is no sequence
    /// @param most actions in one, those of sequences inside of it counted
    SequenceCheck(Function<QualifiedName, List<QualifiedName>> components, OptionalLong most, Findings findings) {
        this.components = components;
        this.most = most;
        this.findings = findings;
    }

    /// @param sequences that are to be deployed, each with what messages about it begin with
    void check(SequencedMap<QualifiedName, String> sequences) {
        sequences.keySet().forEach(each -> visit(each, sequences));
        sequences.forEach((name, about) -> {
            if (most.isPresent() && !circular.contains(name) && count(name, 0) > most.getAsLong()) {
                findings.add(
                        "%sit comes to more than %d actions, those of sequences inside of it counted, and the server runs no more in one: split it"
                                .formatted(about, most.getAsLong()));
            }
        });
    }

    private void visit(QualifiedName name, Map<QualifiedName, String> sequences) {
        if (way.contains(name)) {
            tellCircle(name, sequences);
        } else if (way.size() < MOST_LEVELS && seen.add(name)) {
            way.addLast(name);
            components.apply(name).forEach(each -> visit(each, sequences));
            way.removeLast();
        }
    }

    /// At the first one in it that is to be deployed.
    private void tellCircle(QualifiedName begin, Map<QualifiedName, String> sequences) {
        List<QualifiedName> circle =
                way.stream().dropWhile(each -> !each.equals(begin)).toList();
        circular.addAll(circle);
        String shown = Stream.concat(circle.stream(), Stream.of(begin))
                .map(QualifiedName::entityName)
                .collect(Collectors.joining(" → "));
        circle.stream()
                .filter(sequences::containsKey)
                .findFirst()
                .ifPresent(each -> findings.add("%sit contains itself, %s: take one of these out of the one before it"
                        .formatted(sequences.get(each), shown)));
    }

    private long count(QualifiedName name, int level) {
        Long known = counts.get(name);
        if (known != null) {
            return known;
        }
        List<QualifiedName> inner = components.apply(name);
        if (inner.isEmpty()) {
            return 1;
        }
        if (level == MOST_LEVELS) {
            return FAR_TOO_MANY;
        }
        counts.put(name, 0L); // of a circle, which is told already
        long count = 0;
        for (QualifiedName each : inner) {
            count = Math.min(FAR_TOO_MANY, count + count(each, level + 1));
        }
        counts.put(name, count);
        return count;
    }
}
