package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Options.Flag;
import dev.whirl.cli.command.Session;
import dev.whirl.model.json.RawJson;
import java.util.HashSet;
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
        RawJson mark =
                isManaged ? Managed.mark(projectName, files.file().getFileName().toString(), files.text()) : null;
        var progress = new Progress(session.out(), false);
        List<Step> steps;
        List<EntityKey> left = List.of();
        try (var parts = new ProjectParts(session, progress)) {
            List<ProjectPart> all = parts.of(files.manifest(), files.folder(), names);
            parts.fetchCode(all);
            steps = Planner.steps(all, names, mark);
            check(session, new ServerCheck(session, names, steps), all);
            if (isManaged) {
                left = left(new Managed(session, names.namespace()).all(), names.entities(all), projectName);
            }
        }
        deploy(session, progress, steps, left);
        return ExitCodes.OK;
    }

    private void check(Session session, ServerCheck check, List<ProjectPart> parts) {
        Optional<String> silence = check.check(parts);
        if (flags.isPreview() && silence.isPresent()) {
            session.err().warning("what is on the server was not looked at: " + silence.get());
        }
    }

    private void deploy(Session session, Progress progress, List<Step> steps, List<EntityKey> left) {
        if (flags.isPreview()) {
            steps.forEach(step -> progress.info("Would deploy " + step.title() + about(step)));
            left.forEach(key -> progress.info("Would undeploy " + key));
            return;
        }
        new Deployer(session, progress).deploy(steps);
        new Undeployer(session, progress).undeploy(left);
        progress.success("Deployment completed successfully.");
    }

    /// What belongs to the project and has left its manifest. What has the same name as something of the project and
    /// is not its own is somebody's work.
    ///
    /// @throws CliException if something of others would be replaced, unless that is wanted
    private List<EntityKey> left(List<Managed.Owned> all, List<EntityKey> wanted, String projectName) {
        var places = new HashSet<EntityKey>();
        wanted.forEach(key -> places.add(key.asPlace()));
        List<String> others = all.stream()
                .filter(each -> places.contains(each.key().asPlace()))
                .filter(each -> !each.projectName().equals(projectName))
                .map(each -> each.key() + (each.projectName().isEmpty() ? "" : " of project " + each.projectName()))
                .toList();
        if (!others.isEmpty() && (overwrite == null || !overwrite.isSet())) {
            throw CliException.general("Project '%s' would replace what is not its own: %s"
                            .formatted(projectName, String.join(", ", others)))
                    .withHint("Nothing was changed. With --overwrite it becomes the project's.");
        }
        return Managed.of(projectName, all).stream()
                .filter(key -> !places.contains(key.asPlace()))
                .toList();
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
