package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A folder that is deployed again and again: as its manifest says, or, without one, each source file and each
/// folder with a program as an action of its name.
public final class LiveProject implements AutoCloseable {
    /// What the server says of something that it would not take at any time, and that concerns nothing else: it is
    /// wrong, too large, or in conflict with what is there.
    private static final Set<Integer> REFUSALS =
            Set.of(ExitCodes.ofStatus(400), ExitCodes.ofStatus(409), ExitCodes.ofStatus(413));

    private final Session session;
    private final Path folder;
    private final Set<Step> deployed = new LinkedHashSet<>();

    /// Files that the server does not take as they are: they are not sent again.
    private final Set<Step> refused = new HashSet<>();

    private final ProjectParts parts;
    private final Set<String> toldLeftOut = new HashSet<>();
    private final Map<String, ApiOperation> served = new LinkedHashMap<>();
    private List<Step> wanted = List.of();
    private Set<Path> named = Set.of();
    private boolean hadManifest;

    /// Null until the server has said what it has.
    private @Nullable LiveTarget target;

    /// Null if no manifest was compared with the server yet.
    private @Nullable String checkedHash;

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
        ProjectFiles files = files();
        named = NamedFiles.of(files);
        List<ProjectPart> all = parts.of(files, names);
        parts.fetchCode(all);
        LiveTarget there = target(files, all, names);
        var check = new ProjectCheck(session, names, all);
        List<Step> steps = Planner.steps(all, names, there.marks(), check.findings());
        check(files, check, steps);
        wanted = List.copyOf(steps);
        refused.retainAll(Set.copyOf(steps));
        CliException failure = null;
        for (Step each : steps) {
            try {
                deploy(each, there, done);
            } catch (CliException e) {
                if (hadManifest || !REFUSALS.contains(e.exitCode())) {
                    throw e;
                }
                refused.add(each);
                failure = failure == null ? e : failure.withHint(String.valueOf(e.getMessage()));
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void deploy(Step step, LiveTarget there, Consumer<String> done) {
        if (deployed.contains(step) || refused.contains(step)) {
            return;
        }
        there.prepare(step, hadManifest);
        new Deployer(session, silent(), Ownership.OF_ALL).deploy(there.cleared(step));
        there.deployed(step);
        deployed.removeIf(old -> isReplacedBy(old, step) || isOutdatedBy(old, step));
        deployed.add(step);
        step.operations().forEach(api -> served.put(api.title(), api));
        done.accept("deployed " + step.title());
    }

    /// Looks at the server, once.
    private LiveTarget target(ProjectFiles files, List<ProjectPart> all, ProjectNames names) {
        if (target == null) {
            target = LiveTarget.look(session, ProjectSync.of(files.manifest().name(), all, names), names);
        }
        return target;
    }

    /// A manifest that does not fit together changes nothing. It is compared with the server when
    /// it is new.
    private void check(ProjectFiles files, ProjectCheck check, List<Step> steps) {
        if (files.hash().equals(checkedHash)) {
            check.findings().end();
            return;
        }
        check.isWelcome(files.manifest().target()); // if not, that is among the findings
        if (hadManifest) {
            check.look(steps, List.of(), Owners.UNKNOWN);
        } else {
            check.findings().end(); // what the server says about each file concerns no other
        }
        checkedHash = files.hash();
    }

    /// The files and folders that the manifest names, wherever they lie, as of the last look.
    public Set<Path> named() {
        return named;
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
        LiveTarget there = target;
        if (there == null) {
            return;
        }
        var undeployer = new Undeployer(session, silent(), Ownership.OF_ALL);
        for (ApiOperation api : lostOperations().reversed()) {
            if (due.contains(api.title())) {
                remove(api.title(), there.had(api), () -> undeployer.undeployApis(List.of(api)), done);
                served.remove(api.title());
                deployed.removeIf(step ->
                        step.operations().stream().anyMatch(each -> each.title().equals(api.title())));
            }
        }
        lostSteps().stream()
                .filter(each -> due.contains(each.title()))
                .sorted(Comparator.comparing(LiveProject::kind).reversed())
                .forEach(each -> {
                    List<EntityKey> keys = each.key().stream().toList();
                    boolean isLeft = keys.stream().anyMatch(there::had);
                    remove(each.title(), isLeft, () -> undeployer.undeploy(keys), done);
                    deployed.remove(each);
                });
    }

    /// What was there before is not this folder's to take away.
    private void remove(String title, boolean isLeft, Runnable removal, Consumer<String> done) {
        if (isLeft) {
            session.err().warning(title + " is left, since it was there before");
            return;
        }
        removal.run();
        done.accept("removed " + title);
    }

    /// The last kind for what is no entity.
    private static EntityKey.Kind kind(Step step) {
        return step.key().map(EntityKey::kind).orElse(EntityKey.Kind.RULE);
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
        var standIn = FolderManifest.of(folder);
        standIn.leftOut().stream().filter(toldLeftOut::add).forEach(session.err()::warning);
        return standIn.read();
    }

    @Override
    public void close() {
        parts.close();
    }
}
