package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.project.EntityKey.Kind;
import dev.whirl.cli.project.manifest.Manifest;
import dev.whirl.cli.project.manifest.Manifest.ManifestPackage;
import dev.whirl.client.QualifiedName;
import java.util.ArrayList;
import java.util.List;

/// What the names in a manifest mean: names of actions without a package are those of the package they stand in.
/// Pure.
///
/// @param namespace to deploy to
record ProjectNames(String namespace) {
    /// Everything of a project but its APIs, in the order in which it is deployed.
    List<EntityKey> entities(Manifest manifest) {
        var keys = new ArrayList<EntityKey>();
        for (ManifestPackage each : manifest.packages()) {
            if (!each.isDefault()) {
                keys.add(new EntityKey(Kind.PACKAGE, plain(each.name())));
            }
            each.dependencies().keySet().forEach(name -> keys.add(new EntityKey(Kind.BINDING, plain(name))));
        }
        for (ManifestPackage each : manifest.packages()) {
            each.actions().keySet().forEach(name -> keys.add(new EntityKey(Kind.ACTION, action(each, name))));
        }
        SequenceOrder.of(manifest.packages())
                .forEach(each -> keys.add(new EntityKey(Kind.SEQUENCE, action(each.place(), each.name()))));
        for (ManifestPackage each : manifest.packages()) {
            each.events().triggers().keySet().forEach(name -> keys.add(new EntityKey(Kind.TRIGGER, plain(name))));
        }
        for (ManifestPackage each : manifest.packages()) {
            each.events().rules().keySet().forEach(name -> keys.add(new EntityKey(Kind.RULE, plain(name))));
        }
        return keys;
    }

    /// The same of all parts of a project, each after what it needs.
    List<EntityKey> entities(List<ProjectPart> parts) {
        return parts.stream()
                .flatMap(part -> entities(part.manifest()).stream())
                .distinct()
                .toList();
    }

    /// The name of a package, trigger or rule.
    QualifiedName plain(String name) {
        QualifiedName full = parsed(name);
        if (full.packageName() != null || full.name().isEmpty()) {
            throw CliException.usage("'%s' is not the name of a package, trigger or rule".formatted(name));
        }
        return full;
    }

    /// The name of an action as a package's entities write it.
    QualifiedName action(ManifestPackage place, String name) {
        return parsed(name.contains("/") ? name : place.entityName(name));
    }

    /// A name `package/action` or `/namespace/package/action`.
    QualifiedName parsed(String name) {
        try {
            return QualifiedName.parse(name, namespace);
        } catch (IllegalArgumentException e) {
            throw CliException.usage("'%s' is not a valid qualified name: %s".formatted(name, e.getMessage()));
        }
    }
}
