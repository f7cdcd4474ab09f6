package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Options.Flag;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.project.manifest.Manifest.ManifestPackage;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `wsk project deploy` and `wsk project sync` (rows L-22, L-41). Nothing is sent before everything was read.
final class ProjectDeploy extends Command {
    private final boolean isManaged;
    private final ProjectFlags flags = new ProjectFlags(options());
    private final @Nullable Flag overwrite;

    ProjectDeploy(boolean isManaged) {
        super(
                "",
                isManaged
                        ? "deploy a project, and remove what it deployed before and no longer has"
                        : "deploy packages, actions, triggers, rules and APIs as a manifest describes them",
                isManaged ? "wsk project sync --projectname shop" : "wsk project deploy",
                isManaged
                        ? "wsk project sync --project shop --preview"
                        : "wsk project deploy --manifest shop.yaml --param stage test --strict");
        this.isManaged = isManaged;
        overwrite = isManaged
                ? options()
                        .flag(
                                "take over what has the name of something in the project and is not its own",
                                "--overwrite")
                : null;
    }

    @Override
    public int run(Session session) throws InterruptedException {
        arguments(0, 0, "No arguments are required.");
        ProjectTarget.useConfig(session, flags);
        ProjectFiles files = ProjectFiles.read(session, flags);
        ProjectNames names = ProjectTarget.use(session, flags, files.manifest().target());
        String projectName = isManaged ? projectName(files) : "";
        var progress = new Progress(session.out(), false);
        List<Step> steps;
        SyncPlan plan = SyncPlan.NOTHING;
        Owners owners = Owners.UNKNOWN;
        try (var parts = new ProjectParts(session, progress)) {
            List<ProjectPart> all = parts.of(files, names);
            parts.fetchCode(all);
            if (isManaged) {
                requireMarks(files, all, names);
                owners = new Managed(session, names.namespace()).owners();
                plan = plan(session, ProjectSync.of(projectName, all, names), owners);
            }
            steps = Planner.steps(all, names, isManaged ? marks(session, projectName, all, names) : null);
            boolean isLookedAt = check(
                    session,
                    new ServerCheck(session, names, steps, plan.leaving().entities()),
                    all);
            if (!isManaged && isLookedAt) {
                var project = ProjectSync.of(files.manifest().name(), all, names);
                owners = new Taken(session, flags.isStrict()).tell(project, names.namespace());
            }
        }
        steps = Leftovers.of(owners).cleared(steps);
        if (flags.isPreview()) {
            preview(progress, steps, plan);
        } else {
            deploy(session, progress, steps, plan, projectName);
        }
        return ExitCodes.OK;
    }

    private static Marks marks(Session session, String projectName, List<ProjectPart> parts, ProjectNames names) {
        boolean namesPackages = parts.size() > 1; // only what is fetched is named in marks
        var managed = new Managed(session, names.namespace());
        return new Marks(projectName, namesPackages ? managed.realNamespace() : names.namespace(), names);
    }

    /// @return whether the server said what it was asked
    private boolean check(Session session, ServerCheck check, List<ProjectPart> parts) {
        Optional<String> silence = check.check(parts);
        if (flags.isPreview() && silence.isPresent()) {
            session.err().warning("what is on the server was not looked at: " + silence.get());
        }
        return silence.isEmpty();
    }

    /// Operations of the gateway carry no marks themselves: what belongs to the project must have room for theirs.
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

    private static void preview(Progress progress, List<Step> steps, SyncPlan plan) {
        Leaving leaving = plan.leaving();
        plan.replaced().forEach(each -> progress.info("Would take over " + each));
        leaving.apis().forEach(api -> progress.info("Would undeploy " + api.title()));
        steps.forEach(step -> progress.info("Would deploy " + step.title() + about(step)));
        leaving.entities().reversed().forEach(key -> progress.info("Would undeploy " + key));
    }

    /// Operations of the gateway go first: until then, the marks on the server tell that they are there. What else
    /// leaves goes last, when nothing needs it any more.
    private void deploy(Session session, Progress progress, List<Step> steps, SyncPlan plan, String projectName) {
        var deployer = new Deployer(session, progress);
        var undeployer = new Undeployer(session, progress);
        try {
            undeployer.undeployApis(plan.leaving().apis());
            steps.forEach(deployer::deploy);
            plan.disowned().forEach(new MarkUpdates(session, progress)::write);
            undeployer.undeploy(plan.leaving().entities());
        } catch (CliException e) {
            throw e.withHint(again(projectName));
        }
        progress.success("Deployment completed successfully.");
    }

    private String again(String projectName) {
        String undeploy = isManaged
                ? "'wsk project undeploy --projectname %s' to remove what was deployed".formatted(projectName)
                : "'wsk project undeploy' to remove what the manifest names";
        return "Deployment did not complete successfully. Run it again to finish it, or %s.".formatted(undeploy);
    }

    /// @throws CliException if something of others would be replaced, unless that is wanted
    private SyncPlan plan(Session session, ProjectSync sync, Owners owners) {
        List<String> others = sync.notItsOwn(owners, new ServedApis(session).targets(sync.basePaths()));
        boolean mayReplace = overwrite != null && overwrite.isSet();
        if (!others.isEmpty() && !mayReplace) {
            throw CliException.general("Project '%s' would replace what is not its own: %s"
                            .formatted(sync.projectName(), String.join(", ", others)))
                    .withHint("Nothing was changed. With --overwrite it becomes the project's.");
        }
        return new SyncPlan(others, sync.disowned(owners), sync.leaving(owners));
    }

    private String projectName(ProjectFiles files) {
        String given = flags.projectName();
        String name = given == null ? files.manifest().name() : given;
        if (name.isEmpty()) {
            throw CliException.usage(
                    "A project that is synchronized needs a name: 'project: name:' in the manifest, or --projectname");
        }
        return name;
    }

    private static String about(Step step) {
        return step instanceof Step.PutAction action ? " (" + action.about() + ")" : "";
    }
}
