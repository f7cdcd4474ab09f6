package dev.whirl.cli.project;

import dev.whirl.cli.project.manifest.Manifest;
import dev.whirl.cli.project.manifest.Manifest.ManifestPackage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A manifest whose dependencies are all packages of the server, with the code of its actions: the project itself, or
/// one that it depends on.
///
/// @param repository that it was fetched from, as of [dev.whirl.cli.project.manifest.Repository#address]; empty for
/// the user's own
/// @param version of that repository that was asked for; empty for its default branch, and for the user's own
/// @param needed what was fetched for each of its packages
/// @param apiDocument an OpenAPI document that it adds to the gateway; null for none
record ProjectPart(
        ProjectFiles files,
        ActionSources sources,
        String repository,
        String version,
        Map<String, List<Need>> needed,
        Step.@Nullable PutApiDocument apiDocument) {
    /// A package that was fetched.
    ///
    /// @param part that it is the only package of
    /// @param inputs which of its parameters the dependency gives it; null if its variables alone
    /// have them
    record Need(
            String packageName, ProjectPart part, @Nullable List<String> inputs) {}

    ProjectPart {
        needed = Map.copyOf(needed);
    }

    Manifest manifest() {
        return files.manifest();
    }

    /// The packages of which a package's mark tells: itself, and, if it is the first one with a mark, those that have
    /// nothing to be marked.
    List<ManifestPackage> toldBy(ManifestPackage place) {
        boolean isFirst = manifest().packages().stream()
                .filter(ManifestPackage::hasEntities)
                .findFirst()
                .filter(each -> each.name().equals(place.name()))
                .isPresent();
        return manifest().packages().stream()
                .filter(each -> each.name().equals(place.name()) || (isFirst && !each.hasEntities()))
                .toList();
    }

    /// What was fetched for a package.
    List<Need> needs(ManifestPackage place) {
        return needed.getOrDefault(place.name(), List.of());
    }
}
