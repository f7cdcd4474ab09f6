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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A folder that is deployed again and again: as its manifest says, or, without one, each source file and each
/// folder with a program as an action of its name.
public final class LiveProject implements AutoCloseable {
    private final Session session;
    private final Path folder;
    private final Set<Step> deployed = new LinkedHashSet<>();
    private final ProjectParts parts;
    private final Map<String, ApiOperation> served = new LinkedHashMap<>();
    private List<Step> wanted = List.of();
    private boolean hadManifest;

    public LiveProject(Session session, Path folder) {
        this.session = session;
        this.folder = folder;
        this.parts = new ProjectParts(session, new Progress(session.out(), true));
    }

    /// Deploys what differs from what was deployed last.
    ///
    /// @param done is told each thing that was done, for people
    public void deployChanges(Consumer<String> done) throws InterruptedException {
        var names = new ProjectNames(session.settings().namespace());
        List<ProjectPart> all = parts.of(files(), names);
        parts.fetchCode(all);
        List<Step> steps = Planner.steps(all, names, null);
        wanted = List.copyOf(steps);
        var deployer = new Deployer(session, silent());
        for (Step each : steps) {
            if (!deployed.contains(each)) {
                deployer.deploy(each);
                deployed.removeIf(old -> isReplacedBy(old, each) || isOutdatedBy(old, each));
                deployed.add(each);
                each.operations().forEach(api -> served.put(api.title(), api));
                done.accept("deployed " + each.title());
            }
        }
    }

    /// The same thing, or what it became: actions and sequences have the same names, and so have packages and
    /// bindings.
    private static boolean isReplacedBy(Step old, Step step) {
        return old.title().equals(step.title())
                || (old.key().isPresent()
                        && old.key().map(EntityKey::asPlace).equals(step.key().map(EntityKey::asPlace)));
    }

    /// Whether an API was replaced as a whole: going back to what it was before needs a deployment.
    private static boolean isOutdatedBy(Step old, Step step) {
        return step instanceof Step.PutApiDocument document
                ? old.operations().stream().anyMatch(api -> api.target().base().equals(document.basePath()))
                : old instanceof Step.PutApiDocument before
                        && step instanceof Step.PutApi api
                        && api.target().base().equals(before.basePath());
    }

    /// What this deployed and was no longer there at the last look, for people.
    public Set<String> lost() {
        var titles = new LinkedHashSet<String>();
        lostOperations().forEach(api -> titles.add(api.title()));
        lostSteps().forEach(step -> titles.add(step.title()));
        return titles;
    }

    /// Takes away what was no longer there at the last look.
    ///
    /// @param due what of [#lost]
    /// @param done as of [#deployChanges]
    public void removeLost(Set<String> due, Consumer<String> done) {
        var undeployer = new Undeployer(session, silent());
        for (ApiOperation api : lostOperations().reversed()) {
            if (due.contains(api.title())) {
                undeployer.undeployApis(List.of(api));
                served.remove(api.title());
                deployed.removeIf(step ->
                        step.operations().stream().anyMatch(each -> each.title().equals(api.title())));
                done.accept("removed " + api.title());
            }
        }
        List<Step> lost =
                lostSteps().stream().filter(each -> due.contains(each.title())).toList();
        undeployer.undeploy(lost.stream()
                .flatMap(each -> each.key().stream())
                .sorted((a, b) -> a.kind().compareTo(b.kind()))
                .toList());
        lost.forEach(each -> {
            deployed.remove(each);
            done.accept("removed " + each.title());
        });
    }

    private List<Step> lostSteps() {
        return deployed.stream()
                .filter(old -> old.key().isPresent())
                .filter(old -> wanted.stream().noneMatch(step -> isReplacedBy(old, step)))
                .toList();
    }

    /// Several steps may add the same operation, one after the other.
    private List<ApiOperation> lostOperations() {
        Set<String> titles = wanted.stream()
                .flatMap(step -> step.operations().stream())
                .map(ApiOperation::title)
                .collect(Collectors.toSet());
        return served.values().stream()
                .filter(api -> !titles.contains(api.title()))
                .toList();
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
