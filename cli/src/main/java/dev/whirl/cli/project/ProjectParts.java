package dev.whirl.cli.project;

import dev.whirl.cli.api.ApiFile;
import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.project.ProjectPart.Need;
import dev.whirl.cli.project.fetch.Downloads;
import dev.whirl.cli.project.fetch.FetchException;
import dev.whirl.cli.project.fetch.GitRepositories;
import dev.whirl.cli.project.manifest.Manifest;
import dev.whirl.cli.project.manifest.Manifest.ApiConfig;
import dev.whirl.cli.project.manifest.Manifest.Dependency;
import dev.whirl.cli.project.manifest.Manifest.ManifestPackage;
import dev.whirl.cli.project.manifest.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A project with all that it depends on: repositories are fetched, and code at URLs. What was fetched is there until
/// this is closed, and is not fetched again. For one thread.
final class ProjectParts implements AutoCloseable {
    /// A repository that depends on a repository that depends on …
    private static final int MAX_DEPTH = 5;

    private final Session session;
    private final Progress progress;
    private final GitRepositories repositories;
    private final Downloads downloads;

    ProjectParts(Session session, Progress progress) {
        this.session = session;
        this.progress = progress;
        this.downloads = new Downloads(session.surroundings().environment());
        this.repositories = new GitRepositories(session.surroundings().place().interrupts());
    }

    /// The project and those that it depends on, each after what it needs itself.
    ///
    /// @param names where it is deployed to
    List<ProjectPart> of(ProjectFiles files, ProjectNames names) throws InterruptedException {
        var parts = new ArrayList<ProjectPart>();
        add(parts, new Origin(files, SourceFolder.of(files.folder()), null, 0), names);
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
    /// @param repository null for the user's own
    /// @param depth how many projects depend on each other up to here
    private record Origin(
            ProjectFiles files,
            SourceFolder folder,
            @Nullable Repository repository,
            int depth) {
        Origin with(Manifest manifest) {
            return new Origin(files.withManifest(manifest), folder, repository, depth);
        }

        boolean isElsewhere() {
            return repository != null && repository.scheme().equals("https");
        }
    }

    private ProjectPart add(List<ProjectPart> parts, Origin origin, ProjectNames names) throws InterruptedException {
        var packages = new ArrayList<ManifestPackage>();
        var needed = new LinkedHashMap<String, List<Need>>();
        for (ManifestPackage each : origin.files().manifest().packages()) {
            var needs = new ArrayList<Need>();
            packages.add(each.withDependencies(bound(parts, origin, each.dependencies(), names, needs)));
            needed.put(each.name(), List.copyOf(needs));
        }
        Repository repository = origin.repository();
        var part = new ProjectPart(
                origin.files().withManifest(origin.files().manifest().withPackages(packages)),
                new ActionSources(origin.folder(), downloads),
                repository == null ? "" : repository.address(),
                repository == null ? "" : repository.wantedVersion(),
                needed,
                apiDocument(origin));
        parts.add(part);
        return part;
    }

    private static Step.@Nullable PutApiDocument apiDocument(Origin origin) {
        ApiConfig config = origin.files().manifest().apiConfig();
        if (config == null) {
            return null;
        }
        try {
            SourceFolder folder = origin.folder();
            folder.resolve(config.file()); // it must not lead out
            return new Step.PutApiDocument(config.file(), ApiFile.read(folder.path(), config.file()));
        } catch (CliException e) {
            throw CliException.usage(config.where() + e.getMessage());
        }
    }

    /// @param needs is given what was fetched
    private Map<String, Dependency> bound(
            List<ProjectPart> parts,
            Origin origin,
            Map<String, Dependency> dependencies,
            ProjectNames names,
            List<Need> needs)
            throws InterruptedException {
        var bound = new LinkedHashMap<String, Dependency>();
        for (var each : dependencies.entrySet()) {
            String name = each.getKey();
            switch (each.getValue()) {
                case Dependency.Bound there -> bound.put(name, there);
                case Dependency.Fetched fetched -> {
                    Need need = added(parts, origin, name, fetched, names);
                    needs.add(need);
                    if (!need.packageName().equals(name)) {
                        String location = "/" + names.namespace() + "/" + need.packageName();
                        bound.put(name, new Dependency.Bound(location, fetched.values(), fetched.where()));
                    }
                }
            }
        }
        return bound;
    }

    /// Adds the project in a repository. It has one package; if that has not the dependency's name, a binding of this
    /// name is to be made to it.
    private Need added(
            List<ProjectPart> parts, Origin origin, String name, Dependency.Fetched dependency, ProjectNames names)
            throws InterruptedException {
        Origin fetched = fetch(origin, name, dependency);
        Manifest manifest = fetched.files().manifest();
        if (manifest.packages().size() != 1 || manifest.packages().getFirst().isDefault()) {
            throw CliException.usage("%sdependency '%s': the manifest must have one package with a name"
                    .formatted(dependency.where(), name));
        }
        ManifestPackage only = manifest.packages().getFirst();
        List<String> inputs = List.copyOf(dependency.values().inputs().keySet());
        boolean isGivenThem = only.name().equals(name);
        if (isGivenThem) {
            var withInputs = only.withValues(only.values().overriddenBy(dependency.values()));
            fetched = fetched.with(manifest.withPackages(List.of(withInputs)));
        }
        boolean areTold = isGivenThem || inputs.isEmpty();
        return new Need(only.name(), add(parts, fetched, names), areTold ? inputs : null);
    }

    private Origin fetch(Origin origin, String name, Dependency.Fetched dependency) throws InterruptedException {
        Repository repository = dependency.repository();
        String failure = "%sdependency '%s': ".formatted(dependency.where(), name);
        if (origin.depth() >= MAX_DEPTH) {
            throw CliException.usage(
                    failure + "repositories depend on each other more than %d times".formatted(MAX_DEPTH));
        }
        if (origin.isElsewhere() && repository.scheme().equals("file")) {
            throw CliException.usage(failure + "a repository elsewhere cannot name one on this machine");
        }
        progress.info("Fetching " + repository + " ...");
        try {
            Path fence = repositories.get(repository);
            var folder = new SourceFolder(new SourceFolder(fence, fence).resolve(repository.folder()), fence);
            if (!Files.isDirectory(folder.path())) {
                throw CliException.usage(
                        "there is no folder '%s' in %s".formatted(repository.folder(), repository.url()));
            }
            ProjectFiles files = ProjectFiles.ofOthers(
                    session, folder, failure, dependency.values().inputs());
            return new Origin(files, folder, repository, origin.depth() + 1);
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
