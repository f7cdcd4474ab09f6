package dev.whirl.cli.project;

import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.project.manifest.Manifest.Target;
import java.util.List;

/// `wsk project undeploy` (row L-22): what a manifest describes, or everything that carries a project's name.
final class ProjectUndeploy extends Command {
    private final ProjectFlags flags = new ProjectFlags(options());

    ProjectUndeploy() {
        super(
                "",
                "remove what a project deployed: what its manifest describes, or all with its name",
                "wsk project undeploy",
                "wsk project undeploy --projectname shop --preview");
    }

    @Override
    public int run(Session session) throws InterruptedException {
        arguments(0, 0, "No arguments are required.");
        ProjectTarget.useConfig(session, flags);
        var progress = new Progress(session.out(), false);
        String projectName = flags.projectName();
        if (projectName == null) {
            undeployManifest(session, progress);
        } else {
            ProjectNames names = ProjectTarget.use(session, flags, Target.ELSEWHERE);
            List<EntityKey> entities = new Managed(session, names.namespace()).entities(projectName);
            if (entities.isEmpty()) {
                throw Managed.unknown(projectName);
            }
            undeploy(session, progress, entities);
        }
        if (!flags.isPreview()) {
            progress.success("Undeployment completed successfully.");
        }
        return ExitCodes.OK;
    }

    private void undeployManifest(Session session, Progress progress) throws InterruptedException {
        ProjectFiles files = ProjectFiles.read(session, flags);
        ProjectNames names = ProjectTarget.use(session, flags, files.manifest().target());
        List<ProjectPart> all;
        try (var parts = new ProjectParts(session, progress)) {
            all = parts.of(files.manifest(), files.folder(), names);
        }
        for (Step.PutApi api : apis(all, names).reversed()) {
            progress.info((flags.isPreview() ? "Would undeploy " : "Undeploying ") + api.title());
            if (!flags.isPreview()) {
                new ApiDeployment(session, api).undeploy();
            }
        }
        undeploy(session, progress, names.entities(all));
    }

    private void undeploy(Session session, Progress progress, List<EntityKey> entities) {
        if (flags.isPreview()) {
            entities.reversed().forEach(key -> progress.info("Would undeploy " + key));
        } else {
            new Undeployer(session, progress).undeploy(entities);
        }
    }

    private static List<Step.PutApi> apis(List<ProjectPart> parts, ProjectNames names) {
        return parts.stream()
                .flatMap(part -> part.manifest().packages().stream())
                .flatMap(place -> place.events().apis().stream()
                        .map(api -> Step.PutApi.of(api, names.action(place, api.action()))))
                .toList();
    }
}
