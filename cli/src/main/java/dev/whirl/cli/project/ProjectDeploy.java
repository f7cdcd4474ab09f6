package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Session;
import dev.whirl.model.json.RawJson;
import java.util.HashSet;
import java.util.List;

/// `wsk project deploy` and `wsk project sync` (rows L-22, L-41). Nothing is sent before everything was read.
final class ProjectDeploy extends Command {
    private final boolean isManaged;
    private final ProjectFlags flags = new ProjectFlags(options());

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
        List<EntityKey> entities;
        try (var parts = new ProjectParts(session, progress)) {
            List<ProjectPart> all = parts.of(files.manifest(), files.folder(), names);
            parts.fetchCode(all);
            steps = Planner.steps(all, names, mark);
            entities = names.entities(all);
        }
        if (flags.isPreview()) {
            steps.forEach(step -> progress.info("Would deploy " + step.title() + about(step)));
        } else {
            new Deployer(session, progress).deploy(steps);
        }
        if (isManaged) {
            removeWhatLeft(session, progress, new Managed(session, names.namespace()), entities, projectName);
        }
        if (!flags.isPreview()) {
            progress.success("Deployment completed successfully.");
        }
        return ExitCodes.OK;
    }

    private void removeWhatLeft(
            Session session, Progress progress, Managed managed, List<EntityKey> wanted, String projectName) {
        var places = new HashSet<EntityKey>();
        wanted.forEach(key -> places.add(key.asPlace()));
        List<EntityKey> left = managed.entities(projectName).stream()
                .filter(key -> !places.contains(key.asPlace()))
                .toList();
        if (flags.isPreview()) {
            left.forEach(key -> progress.info("Would undeploy " + key));
        } else {
            new Undeployer(session, progress).undeploy(left);
        }
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
