package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.project.fetch.Downloads;
import dev.whirl.cli.project.fetch.FetchException;
import dev.whirl.cli.project.fetch.GitRepositories;
import dev.whirl.cli.project.manifest.Manifest;
import dev.whirl.cli.project.manifest.Manifest.Dependency;
import dev.whirl.cli.project.manifest.Manifest.ManifestPackage;
import dev.whirl.cli.project.manifest.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A project with all that it depends on: repositories are fetched, and code at URLs. What was fetched is there until
/// this is closed, and is not fetched again. For one thread.
final class ProjectParts implements AutoCloseable {
    /// A repository that depends on a repository that depends on …
    private static final int MAX_DEPTH = 5;

    private final Session session;
    private final Progress progress;
    private final GitRepositories repositories;
    private final Downloads downloads = new Downloads();

    ProjectParts(Session session, Progress progress) {
        this.session = session;
        this.progress = progress;
        this.repositories = new GitRepositories(session.surroundings().place().interrupts());
    }

    /// The project and those that it depends on, each after what it needs itself.
    ///
    /// @param names where it is deployed to
    List<ProjectPart> of(Manifest manifest, Path folder, ProjectNames names) throws InterruptedException {
        var parts = new ArrayList<ProjectPart>();
        add(parts, new Origin(manifest, SourceFolder.of(folder), "", 0), names);
        return parts;
    }

    /// Fetches the code at URLs, for those who want to deploy it.
    void fetchCode(List<ProjectPart> parts) throws InterruptedException {
        for (ProjectPart part : parts) {
            for (ManifestPackage each : part.manifest().packages()) {
                for (var action : each.actions().entrySet()) {
                    String function = action.getValue().source().function();
                    if (function != null && Downloads.isUrl(function)) {
                        fetchCode(action.getValue().where() + "action '" + each.entityName(action.getKey()), function);
                    }
                }
            }
        }
    }

    /// @param action how messages begin, up to its name
    private void fetchCode(String action, String url) throws InterruptedException {
        try {
            downloads.fetch(url);
        } catch (FetchException e) {
            throw CliException.general(
                    "%s': Unable to fetch '%s': %s".formatted(action, Downloads.shown(url), e.getMessage()));
        } catch (CliException e) {
            throw e.within(action + "': ");
        }
    }

    /// A manifest and where it comes from.
    ///
    /// @param scheme of the repository; empty for the user's own
    /// @param depth how many projects depend on each other up to here
    private record Origin(Manifest manifest, SourceFolder folder, String scheme, int depth) {}

    private void add(List<ProjectPart> parts, Origin origin, ProjectNames names) throws InterruptedException {
        var packages = new ArrayList<ManifestPackage>();
        for (ManifestPackage each : origin.manifest().packages()) {
            packages.add(each.withDependencies(bound(parts, origin, each.dependencies(), names)));
        }
        var sources = new ActionSources(origin.folder(), downloads);
        parts.add(new ProjectPart(origin.manifest().withPackages(packages), sources));
    }

    private Map<String, Dependency> bound(
            List<ProjectPart> parts, Origin origin, Map<String, Dependency> dependencies, ProjectNames names)
            throws InterruptedException {
        var bound = new LinkedHashMap<String, Dependency>();
        for (var each : dependencies.entrySet()) {
            String name = each.getKey();
            switch (each.getValue()) {
                case Dependency.Bound there -> bound.put(name, there);
                case Dependency.Fetched fetched -> {
                    String location = added(parts, origin, name, fetched, names);
                    if (!location.isEmpty()) {
                        bound.put(name, new Dependency.Bound(location, fetched.values()));
                    }
                }
            }
        }
        return bound;
    }

    /// Adds the project in a repository. It has one package; if that has not the dependency's name, a binding of this
    /// name is made to it.
    ///
    /// @return the package to bind to; empty if it has the name itself
    private String added(
            List<ProjectPart> parts, Origin origin, String name, Dependency.Fetched dependency, ProjectNames names)
            throws InterruptedException {
        Origin fetched = fetch(origin, name, dependency);
        List<ManifestPackage> packages = fetched.manifest().packages();
        if (packages.size() != 1 || packages.getFirst().isDefault()) {
            throw CliException.usage("%sdependency '%s': the manifest must have one package with a name"
                    .formatted(dependency.where(), name));
        }
        ManifestPackage only = packages.getFirst();
        if (only.name().equals(name)) {
            var withInputs = only.withValues(only.values().overriddenBy(dependency.values()));
            Manifest manifest = fetched.manifest().withPackages(List.of(withInputs));
            add(parts, new Origin(manifest, fetched.folder(), fetched.scheme(), fetched.depth()), names);
            return "";
        }
        add(parts, fetched, names);
        return "/" + names.namespace() + "/" + only.name();
    }

    private Origin fetch(Origin origin, String name, Dependency.Fetched dependency) throws InterruptedException {
        Repository repository = dependency.repository();
        String failure = "%sdependency '%s': ".formatted(dependency.where(), name);
        if (origin.depth() >= MAX_DEPTH) {
            throw CliException.usage(
                    failure + "repositories depend on each other more than %d times".formatted(MAX_DEPTH));
        }
        if (origin.scheme().equals("https") && repository.scheme().equals("file")) {
            throw CliException.usage(failure + "a repository elsewhere cannot name one on this machine");
        }
        progress.info("Fetching " + repository + " ...");
        try {
            Path fence = repositories.get(repository);
            var folder = new SourceFolder(fence.resolve(repository.folder()), fence);
            if (!Files.isDirectory(folder.path())) {
                throw CliException.usage(
                        "there is no folder '%s' in %s".formatted(repository.folder(), repository.url()));
            }
            Manifest manifest = ProjectFiles.ofOthers(
                    session, folder.path(), failure, dependency.values().inputs());
            return new Origin(manifest, folder, repository.scheme(), origin.depth() + 1);
        } catch (FetchException e) {
            throw CliException.general(failure + "Unable to fetch %s: %s".formatted(repository, e.getMessage()));
        } catch (CliException e) {
            throw e.within(failure);
        }
    }

    @Override
    public void close() {
        repositories.close();
    }
}
