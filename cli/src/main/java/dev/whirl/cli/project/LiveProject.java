package dev.whirl.cli.project;

import dev.whirl.cli.action.KindBySuffix;
import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.FileProblem;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.project.manifest.Manifest;
import dev.whirl.cli.project.manifest.Manifest.ManifestAction;
import dev.whirl.cli.project.manifest.Manifest.ManifestPackage;
import dev.whirl.cli.project.manifest.Manifest.Target;
import dev.whirl.cli.project.manifest.Manifest.Values;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A folder that is deployed again and again: as its manifest says, or, without one, each source file and each
/// folder with a program as an action of its name.
public final class LiveProject implements AutoCloseable {
    private final Session session;
    private final Path folder;
    private final Set<Step> deployed = new LinkedHashSet<>();
    private final ProjectParts parts;
    private boolean hadManifest;

    public LiveProject(Session session, Path folder) {
        this.session = session;
        this.folder = folder;
        this.parts = new ProjectParts(session, new Progress(session.out(), true));
    }

    /// Deploys what differs from what was deployed last, and takes away what this deployed and is no longer there.
    ///
    /// @return what was done, for people
    public List<String> deployChanges() throws InterruptedException {
        var names = new ProjectNames(session.settings().namespace());
        List<ProjectPart> all = parts.of(files(), names);
        parts.fetchCode(all);
        List<Step> steps = Planner.steps(all, names, null);
        var done = new ArrayList<String>();
        var deployer = new Deployer(session, silent());
        for (Step each : steps) {
            if (!deployed.contains(each)) {
                deployer.deploy(each);
                deployed.removeIf(old -> old.title().equals(each.title()));
                deployed.add(each);
                done.add("deployed " + each.title());
            }
        }
        done.addAll(removed(steps));
        return done;
    }

    private List<String> removed(List<Step> steps) {
        Set<String> titles = steps.stream().map(Step::title).collect(Collectors.toSet());
        List<Step> gone =
                deployed.stream().filter(each -> !titles.contains(each.title())).toList();
        var undeployer = new Undeployer(session, silent());
        undeployer.undeployApis(
                gone.stream().flatMap(each -> each.operations().stream()).toList());
        Set<EntityKey> kept = steps.stream()
                .flatMap(each -> each.key().stream())
                .map(EntityKey::asPlace)
                .collect(Collectors.toSet()); // what took the place of another kind of thing stays
        undeployer.undeploy(gone.stream()
                .flatMap(each -> each.key().stream())
                .filter(each -> !kept.contains(each.asPlace()))
                .sorted((a, b) -> a.kind().compareTo(b.kind()))
                .toList());
        gone.forEach(deployed::remove);
        return gone.stream().map(each -> "removed " + each.title()).toList();
    }

    private Progress silent() {
        return new Progress(session.out(), true);
    }

    private ProjectFiles files() {
        boolean hasManifest =
                Stream.of("manifest.yaml", "manifest.yml").anyMatch(name -> Files.isRegularFile(folder.resolve(name)));
        if (hadManifest && !hasManifest) {
            throw CliException.general("The manifest is gone; what it deployed stays until it is back");
        }
        hadManifest = hasManifest;
        if (hasManifest) {
            return ProjectFiles.inFolder(session, folder);
        }
        var manifest = new Manifest("", Target.ELSEWHERE, List.of(withoutManifest()), null);
        return new ProjectFiles(folder.resolve("manifest.yaml"), "", manifest);
    }

    private ManifestPackage withoutManifest() {
        var actions = new LinkedHashMap<String, ManifestAction>();
        try (Stream<Path> children = Files.list(folder)) {
            children.sorted().filter(this::isAction).forEach(child -> {
                String file = child.getFileName().toString();
                String suffix = Files.isDirectory(child) ? "" : KindBySuffix.suffix(file);
                actions.put(file.substring(0, file.length() - suffix.length()), action(file));
            });
        } catch (IOException e) {
            throw CliException.general("Unable to read the folder: " + FileProblem.of(e));
        } catch (UncheckedIOException e) {
            throw CliException.general("Unable to read the folder: " + e.getMessage());
        }
        var events = new ManifestPackage.Events(Map.of(), Map.of(), Map.of(), List.of());
        return new ManifestPackage(Manifest.DEFAULT_PACKAGE, null, Values.NONE, Map.of(), actions, events);
    }

    private boolean isAction(Path child) {
        String file = child.getFileName().toString();
        if (file.startsWith(".") || !SourceFolder.of(folder).holds(child)) {
            return false;
        }
        return Files.isDirectory(child)
                ? new FolderArchive(SourceFolder.of(folder), file).kind().isPresent()
                : KindBySuffix.kind(KindBySuffix.suffix(file)).isPresent();
    }

    private static ManifestAction action(String file) {
        return new ManifestAction(
                new ManifestAction.Source(file, null, List.of(), List.of()),
                new ManifestAction.ExecHints(null, null, null, false),
                Values.NONE,
                null,
                new ManifestAction.Limits(null, null, null, null),
                "");
    }

    @Override
    public void close() {
        parts.close();
    }
}
