package dev.whirl.cli.project;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A project that a namespace is to be kept in step with: what of others it would replace, and what it has no longer.
/// Pure.
///
/// @param projectName of the project itself
/// @param fetched the repositories that are fetched for it
/// @param entities everything that it and they describe
/// @param apis the same, of operations of the gateway
record ProjectSync(String projectName, Set<String> fetched, List<EntityKey> entities, List<ApiOperation> apis) {
    static ProjectSync of(String projectName, List<ProjectPart> parts, ProjectNames names) {
        Set<String> fetched = parts.stream()
                .map(ProjectPart::repository)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
        return new ProjectSync(projectName, fetched, names.entities(parts), Planner.operations(parts, names));
    }

    /// The base paths that it adds operations to.
    Set<String> basePaths() {
        return apis.stream().map(api -> api.target().base()).collect(Collectors.toSet());
    }

    /// What has the name of something in the project and belongs to none or another one: it is somebody's work.
    ///
    /// @param served titles of the operations that the gateway serves below the base paths
    /// @return for people
    List<String> notItsOwn(Owners owners, Set<String> served) {
        var places = places();
        var others = new ArrayList<String>();
        owners.all().stream()
                .filter(each -> places.contains(each.key().asPlace()))
                .filter(each -> !projects().contains(each.projectName()))
                .forEach(each -> others.add(each.key() + of(each.projectName())));
        for (ApiOperation each : apis) {
            String owner = owners.ownerOf(each);
            boolean isThere = !owner.isEmpty() || served.contains(each.title());
            if (isThere && !projects().contains(owner)) {
                others.add(each.title() + of(owner));
            }
        }
        return others;
    }

    /// What belongs to it and has left its manifest, or theirs.
    Leaving leaving(Owners owners) {
        var gone = new HashSet<>(projects());
        gone.addAll(owners.unneeded(projectName, fetched));
        Set<EntityKey> places = places();
        Set<String> titles = apis.stream().map(ApiOperation::title).collect(Collectors.toSet());
        return new Leaving(
                owners.entities(gone).stream()
                        .filter(key -> !places.contains(key.asPlace()))
                        .toList(),
                owners.apis(gone).stream()
                        .filter(api -> !titles.contains(api.title()))
                        .toList());
    }

    private Set<EntityKey> places() {
        return entities.stream().map(EntityKey::asPlace).collect(Collectors.toSet());
    }

    private Set<String> projects() {
        var projects = new HashSet<>(fetched);
        projects.add(projectName);
        return projects;
    }

    private static String of(String owner) {
        return owner.isEmpty() ? "" : " of project " + owner;
    }
}
