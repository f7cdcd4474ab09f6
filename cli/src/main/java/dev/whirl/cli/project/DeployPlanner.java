package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.project.manifest.Manifest.ManifestPackage;
import java.util.List;
import java.util.Optional;

/// Reads and checks everything that a deployment needs, and plans it. Nothing is changed here.
///
/// @param syncName of a project that the namespace is kept in step with; empty for a deployment
/// without marks
/// @param mayReplace whether what others have becomes the project's
record DeployPlanner(Session session, ProjectFlags flags, String syncName, boolean mayReplace) {
    /// @param names where to deploy to
    /// @throws CliException with all that stands in the way
    DeployPlan plan(ProjectFiles files, ProjectNames names) throws InterruptedException {
        var progress = new Progress(session.out(), false);
        try (var parts = new ProjectParts(session, progress)) {
            List<ProjectPart> all = parts.of(files, names);
            parts.fetchCode(all);
            NamedFiles.outside(files)
                    .forEach(each -> progress.info("Taking '%s' from outside of the project's folder".formatted(each)));
            var check = new ProjectCheck(session, names, all);
            boolean isWelcome = check.isWelcome(files.manifest().target());
            if (!isWelcome || syncName.isEmpty()) {
                return plain(files.manifest().name(), all, names, check);
            }
            check.findings().of(() -> requireMarks(files, all, names));
            return inStep(ProjectSync.of(syncName, all, names), all, names, check);
        }
    }

    private DeployPlan inStep(ProjectSync project, List<ProjectPart> parts, ProjectNames names, ProjectCheck check) {
        Owners owners = new Managed(session, names.namespace()).owners();
        SyncPlan sync = syncPlan(project, owners, check.findings());
        List<Step> steps = Planner.steps(parts, names, marks(parts, names), check.findings());
        check.look(steps, sync.leaving().entities(), owners).ifPresent(this::tell);
        var ownership = new ProjectOwnership(session, project.projects(), owners, mayReplace);
        return new DeployPlan(Leftovers.of(owners).cleared(steps), sync, ownership);
    }

    private DeployPlan plain(String projectName, List<ProjectPart> parts, ProjectNames names, ProjectCheck check) {
        List<Step> steps = Planner.steps(parts, names, null, check.findings());
        Optional<CliException> silence = check.look(steps, List.of(), Owners.UNKNOWN);
        silence.ifPresent(this::tell);
        Owners owners = Owners.UNKNOWN;
        if (silence.isEmpty()) {
            var project = ProjectSync.of(projectName, parts, names);
            owners = new Taken(session, flags.isStrict()).tell(project, names.namespace());
            check.requireFreeNames(steps, owners);
        }
        return new DeployPlan(Leftovers.of(owners).cleared(steps), SyncPlan.NOTHING, Ownership.OF_ALL);
    }

    private Marks marks(List<ProjectPart> parts, ProjectNames names) {
        boolean namesPackages = parts.size() > 1; // only what is fetched is named in marks
        var managed = new Managed(session, names.namespace());
        return new Marks(syncName, namesPackages ? managed.realNamespace() : names.namespace(), names);
    }

    /// @param silence why the server did not say everything that it was asked
    /// @throws CliException if that is to be an error
    private void tell(CliException silence) {
        String sentence = "what is on the server was not looked at: ";
        if (flags.isStrict()) {
            throw silence.within(sentence).withHint(Taken.HOW_ALL_THE_SAME);
        }
        session.err().warning(sentence + silence.getMessage());
    }

    /// Operations of the gateway carry no marks themselves: what belongs to the project must have
    /// room for theirs.
    private static void requireMarks(ProjectFiles files, List<ProjectPart> parts, ProjectNames names) {
        boolean hasEntities = parts.stream()
                .flatMap(part -> part.manifest().packages().stream())
                .anyMatch(ManifestPackage::hasEntities);
        if (!hasEntities && !Planner.operations(parts, names).isEmpty()) {
            throw CliException.usage(
                    "%s: a project that is synchronized needs more than APIs, whose owner is noted beside it: a package, action, trigger or rule"
                            .formatted(files.file().getFileName()));
        }
    }

    /// @param findings is told what of others would be replaced, unless that is wanted
    private SyncPlan syncPlan(ProjectSync sync, Owners owners, Findings findings) {
        List<String> others = sync.notItsOwn(owners, new ServedApis(session).targets(sync.basePaths()));
        if (!others.isEmpty() && !mayReplace) {
            findings.add(CliException.general("Project '%s' would replace what is not its own: %s"
                            .formatted(sync.projectName(), String.join(", ", others)))
                    .withHint("With --overwrite it becomes the project's."));
        }
        return new SyncPlan(others, sync.disowned(owners), sync.leaving(owners));
    }
}
