package dev.whirl.cli.project;

import dev.whirl.cli.api.ApiTarget;
import dev.whirl.cli.project.Owners.Owned;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A project that a namespace is to be kept in step with: what of others it would replace, and what it has no longer.
/// Pure.
///
/// @param projectName of the project itself
/// @param fetched the repositories that are fetched for it
/// @param entities everything that it and they describe
/// @param apis the same, of operations of the gateway
/// @param documents base paths of APIs that it replaces as a whole
record ProjectSync(
        String projectName,
        Set<String> fetched,
        List<EntityKey> entities,
        List<ApiOperation> apis,
        Set<String> documents) {
    static ProjectSync of(String projectName, List<ProjectPart> parts, ProjectNames names) {
        Set<String> fetched = parts.stream()
                .map(ProjectPart::repository)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
        Set<String> documents = parts.stream()
                .flatMap(part -> Optional.ofNullable(part.apiDocument()).stream())
                .map(Step.PutApiDocument::basePath)
                .collect(Collectors.toSet());
        return new ProjectSync(
                projectName, fetched, names.entities(parts), Planner.operations(parts, names), documents);
    }

    /// The base paths that it adds operations to.
    Set<String> basePaths() {
        return Stream.concat(apis.stream().map(api -> api.target().base()), documents.stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// What has the name of something in the project and belongs to none or another one: it is somebody's work.
    ///
    /// @param served the operations that the gateway serves below the base paths
    /// @return for people
    List<String> notItsOwn(Owners owners, Set<ApiTarget> served) {
        var places = places();
        var others = new ArrayList<String>();
        owners.all().stream()
                .filter(each -> places.contains(each.key().asPlace()))
                .filter(each -> !projects().contains(each.projectName()))
                .forEach(each -> others.add(each.key() + of(each.projectName())));
        var replaced = new TreeMap<String, ApiTarget>();
        Stream.concat(owners.targets().stream(), served.stream())
                .filter(this::isReplaced)
                .forEach(each -> replaced.putIfAbsent(ApiOperation.title(each), each));
        replaced.forEach((title, each) -> {
            String owner = owners.ownerOf(each, projects());
            if (!projects().contains(owner)) {
                others.add(title + of(owner));
            }
        });
        return others;
    }

    /// What a deployment without marks takes from projects: its entities lose their marks, also those of the project
    /// itself, and operations of the gateway lead elsewhere.
    ///
    /// @return for people, by the names of the projects
    SortedMap<String, List<String>> takenFrom(Owners owners) {
        Set<EntityKey> places = places();
        var taken = new TreeMap<String, List<String>>();
        owners.all().stream()
                .filter(each ->
                        each.mark() != null && places.contains(each.key().asPlace()))
                .forEach(each -> taken.computeIfAbsent(each.projectName(), _ -> new ArrayList<>())
                        .add(each.key().toString()));
        owners.targets().stream()
                .filter(this::isReplaced)
                .forEach(each -> taken.computeIfAbsent(owners.ownerOf(each, projects()), _ -> new ArrayList<>())
                        .add(ApiOperation.title(each)));
        return taken;
    }

    /// What belongs to another project, stays that one's, and names operations of the gateway that this one replaces:
    /// with the marks that it is to have then.
    List<Owned> disowned(Owners owners) {
        Set<EntityKey> places = places();
        return owners.all().stream()
                .filter(each -> !each.belongsTo(projects()))
                .filter(each -> !places.contains(each.key().asPlace()))
                .flatMap(each -> disowned(each).stream())
                .toList();
    }

    private Optional<Owned> disowned(Owned owned) {
        Mark mark = owned.mark();
        if (mark == null) {
            return Optional.empty();
        }
        List<ApiOperation> left =
                mark.apis().stream().filter(api -> !isReplaced(api.target())).toList();
        return left.size() == mark.apis().size()
                ? Optional.empty()
                : Optional.of(owned.with(mark.with(mark.dependencies(), left)));
    }

    /// A document replaces all that is below its base path, whether it describes it or not.
    private boolean isReplaced(ApiTarget api) {
        String title = ApiOperation.title(api);
        return documents.contains(api.base())
                || apis.stream().anyMatch(each -> each.title().equals(title));
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

    /// It, and what is fetched for it.
    Set<String> projects() {
        var projects = new HashSet<>(fetched);
        projects.add(projectName);
        return projects;
    }

    private static String of(String owner) {
        return owner.isEmpty() ? "" : " of project " + owner;
    }
}
