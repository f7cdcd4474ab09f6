package dev.whirl.cli.project;

import dev.whirl.cli.api.ApiTarget;
import dev.whirl.client.KeyValues;
import dev.whirl.client.LimitsUpdate;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What of a namespace belongs to which project, and which project needs which other one. Pure.
///
/// @param all everything in the namespace, in the order in which it would be deployed
record Owners(List<Owned> all) {
    /// Of a namespace that nobody could be asked about.
    static final Owners UNKNOWN = new Owners(List.of());

    /// Something in the namespace.
    ///
    /// @param mark null if it belongs to no project
    /// @param limits of an action; for the others none
    record Owned(EntityKey key, @Nullable Mark mark, KeyValues annotations, LimitsUpdate limits) {
        Owned with(Mark other) {
            return new Owned(key, other, annotations, limits);
        }

        /// Empty if it belongs to none.
        String projectName() {
            return mark == null ? "" : mark.projectName();
        }

        /// Whether it belongs to one of some projects. What belongs to none has no name, not an empty one.
        boolean belongsTo(Set<String> projects) {
            return mark != null && projects.contains(mark.projectName());
        }
    }

    Owners {
        all = List.copyOf(all);
    }

    /// Whether there is something of this name: packages and bindings share their names, and so do actions and
    /// sequences.
    boolean has(EntityKey key) {
        return all.stream().anyMatch(each -> each.key().asPlace().equals(key.asPlace()));
    }

    /// Everything that belongs to one of some projects, in the order in which it would be deployed.
    List<EntityKey> entities(Set<String> projects) {
        return all.stream()
                .filter(each -> each.belongsTo(projects))
                .map(Owned::key)
                .toList();
    }

    /// The operations of the gateway that some projects added, and that no other one names as its own.
    List<ApiOperation> apis(Set<String> projects) {
        Set<String> ofOthers = marks().stream()
                .filter(mark -> !projects.contains(mark.projectName()))
                .flatMap(mark -> mark.apis().stream())
                .map(ApiOperation::title)
                .collect(Collectors.toSet());
        return marks().stream()
                .filter(mark -> projects.contains(mark.projectName()))
                .flatMap(mark -> mark.apis().stream())
                .filter(api -> !ofOthers.contains(api.title()))
                .distinct()
                .toList();
    }

    /// All operations of the gateway that marks name.
    List<ApiTarget> targets() {
        return marks().stream()
                .flatMap(mark -> mark.apis().stream())
                .map(ApiOperation::target)
                .distinct()
                .toList();
    }

    /// The project that something of this name belongs to: packages and bindings share their names, and so do actions
    /// and sequences. Empty if it belongs to none, or is not there.
    String ownerOf(EntityKey key) {
        return all.stream()
                .filter(each -> each.key().asPlace().equals(key.asPlace()))
                .map(Owned::projectName)
                .findFirst()
                .orElse("");
    }

    /// The project that added an operation to the gateway; empty if none is known to have. Of several that name it,
    /// as after an interrupted deployment, it is the first one by name, and none of `own` if there is another one.
    String ownerOf(ApiTarget api, Set<String> own) {
        return marks().stream()
                .filter(mark ->
                        mark.apis().stream().anyMatch(each -> each.title().equals(ApiOperation.title(api))))
                .map(Mark::projectName)
                .min(Comparator.<String, Boolean>comparing(own::contains).thenComparing(Comparator.naturalOrder()))
                .orElse("");
    }

    /// The projects that were fetched for a project, and that neither it nor another one needs any more.
    ///
    /// @param current what is fetched for it now
    Set<String> unneeded(String projectName, Set<String> current) {
        Map<String, Set<String>> fetched = needs();
        marks().forEach(mark -> {
            if (!mark.neededBy().isEmpty()) {
                fetched.computeIfAbsent(mark.neededBy(), _ -> new HashSet<>()).add(mark.projectName());
            }
        });
        Set<String> candidates = reachable(fetched, Set.of(projectName));
        candidates.remove(projectName);
        candidates.removeAll(current);
        var own = new HashSet<>(candidates);
        own.add(projectName);
        own.addAll(current);
        candidates.removeAll(neededByOthersThan(own));
        return candidates;
    }

    /// What the other projects of the namespace need, and they themselves.
    Set<String> neededByOthersThan(Set<String> projects) {
        Set<String> others = marks().stream()
                .map(Mark::projectName)
                .filter(name -> !projects.contains(name))
                .collect(Collectors.toSet());
        return reachable(needs(), others);
    }

    /// The other projects that need one, by name: it cannot go without them.
    Set<String> needing(String projectName) {
        var own = new HashSet<>(unneeded(projectName, Set.of()));
        own.add(projectName);
        if (!neededByOthersThan(own).contains(projectName)) {
            return Set.of();
        }
        return marks().stream()
                .filter(mark -> !own.contains(mark.projectName()))
                .filter(mark -> mark.dependencies().values().stream()
                        .anyMatch(needed -> needed.projectName().equals(projectName)))
                .map(Mark::projectName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<Mark> marks() {
        return all.stream()
                .flatMap(each -> Optional.ofNullable(each.mark()).stream())
                .toList();
    }

    private Map<String, Set<String>> needs() {
        var needs = new HashMap<String, Set<String>>();
        for (Mark mark : marks()) {
            mark.dependencies()
                    .values()
                    .forEach(needed -> needs.computeIfAbsent(mark.projectName(), _ -> new HashSet<>())
                            .add(needed.projectName()));
        }
        return needs;
    }

    /// With the names that it begins at.
    private static Set<String> reachable(Map<String, Set<String>> edges, Set<String> starts) {
        var seen = new LinkedHashSet<>(starts);
        var next = new ArrayDeque<>(starts);
        while (!next.isEmpty()) {
            for (String name : edges.getOrDefault(next.remove(), Set.of())) {
                if (seen.add(name)) {
                    next.add(name);
                }
            }
        }
        return seen;
    }
}
