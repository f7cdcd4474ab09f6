package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.project.EntityKey.Kind;
import dev.whirl.cli.project.manifest.Manifest.Dependency;
import dev.whirl.cli.project.manifest.Manifest.ManifestPackage;
import dev.whirl.client.QualifiedName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Where the entities of a project are described, as messages about them begin. Pure.
final class Whereabouts {
    private final ProjectNames names;
    private final Map<EntityKey, String> places = new HashMap<>();
    private final Set<EntityKey> described = new HashSet<>();

    private Whereabouts(ProjectNames names) {
        this.names = names;
    }

    static Whereabouts of(List<ProjectPart> parts, ProjectNames names) {
        var whereabouts = new Whereabouts(names);
        for (ProjectPart part : parts) {
            String file = part.files().file().getFileName() + ": ";
            part.manifest().packages().forEach(place -> whereabouts.add(file, place));
        }
        return whereabouts;
    }

    /// `manifest.yaml: line 5, column 7: action 'orders/list': `
    String of(EntityKey key) {
        return places.getOrDefault(key, key + ": ");
    }

    /// Whether something of this kind and name is described; actions and sequences count as one
    /// kind, and so do packages and bindings.
    boolean describe(EntityKey key) {
        return described.contains(key.asPlace());
    }

    /// The same in any kind.
    boolean describe(QualifiedName name) {
        return described.stream().anyMatch(key -> key.name().equals(name));
    }

    /// All that is described of a kind.
    Stream<QualifiedName> names(Kind kind) {
        return described.stream().filter(key -> key.kind() == kind).map(EntityKey::name);
    }

    private void add(String file, ManifestPackage place) {
        if (!place.isDefault()) {
            put(Kind.PACKAGE, place.name(), file, place.name());
        }
        place.dependencies().forEach((name, dependency) -> {
            if (dependency instanceof Dependency.Bound bound) {
                put(Kind.BINDING, name, bound.where(), name);
            }
        });
        place.actions().forEach((name, action) -> {
            String full = place.entityName(name);
            put(Kind.ACTION, full, action.where(), full);
        });
        place.events()
                .sequences()
                .forEach((name, sequence) -> put(Kind.SEQUENCE, place.entityName(name), sequence.where(), name));
        place.events().triggers().forEach((name, trigger) -> put(Kind.TRIGGER, name, trigger.where(), name));
        place.events().rules().forEach((name, rule) -> put(Kind.RULE, name, rule.where(), name));
    }

    private void put(Kind kind, String name, String where, String shown) {
        String noun = kind == Kind.BINDING ? "dependency" : kind.noun();
        try {
            var key = new EntityKey(kind, names.parsed(name));
            places.put(key, "%s%s '%s': ".formatted(where, noun, shown));
            described.add(key.asPlace());
        } catch (CliException _) {
            // what has no name becomes no step either
        }
    }
}
