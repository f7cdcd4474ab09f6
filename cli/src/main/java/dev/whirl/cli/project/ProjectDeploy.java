package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Options.Flag;
import dev.whirl.cli.command.Session;
import java.util.List;
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
        String syncName = isManaged ? projectName(files) : "";
        boolean mayReplace = overwrite != null && overwrite.isSet();
        DeployPlan plan = new DeployPlanner(session, flags, syncName, mayReplace).plan(files, names);
        var progress = new Progress(session.out(), false);
        if (flags.isPreview()) {
            preview(progress, plan.steps(), plan.sync());
        } else {
            deploy(session, progress, plan, syncName);
        }
        return ExitCodes.OK;
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
    private void deploy(Session session, Progress progress, DeployPlan plan, String syncName) {
        SyncPlan sync = plan.sync();
        var deployer = new Deployer(session, progress, plan.ownership());
        var undeployer = new Undeployer(session, progress, plan.ownership());
        new Resumable(session, "Deployment", again(syncName)).run(() -> {
            undeployer.undeployApis(sync.leaving().apis());
            plan.steps().forEach(deployer::deploy);
            sync.disowned().forEach(new MarkUpdates(session, progress)::write);
            undeployer.undeploy(sync.leaving().entities());
        });
        progress.success("Deployment completed successfully.");
    }

    private String again(String projectName) {
        String undeploy = isManaged
                ? "'wsk project undeploy --projectname %s' to remove what was deployed".formatted(projectName)
                : "'wsk project undeploy' to remove what the manifest names";
        return "Run it again to finish it, or %s.".formatted(undeploy);
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
