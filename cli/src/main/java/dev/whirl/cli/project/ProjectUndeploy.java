package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.project.manifest.Manifest.Target;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// `wsk project undeploy` (row L-22): what a manifest describes, or everything that carries a project's name. What
/// other projects own or need stays.
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
        Leaving leaving = projectName == null ? described(session, progress) : marked(session, projectName);
        if (flags.isPreview()) {
            leaving.apis().reversed().forEach(api -> progress.info("Would undeploy " + api.title()));
            leaving.entities().reversed().forEach(key -> progress.info("Would undeploy " + key));
            return ExitCodes.OK;
        }
        var undeployer = new Undeployer(session, progress, Ownership.OF_ALL);
        new Resumable(session, "Undeployment", "Run it again to finish it.").run(() -> {
            undeployer.undeployApis(leaving.apis());
            undeployer.undeploy(leaving.entities());
        });
        progress.success("Undeployment completed successfully.");
        return ExitCodes.OK;
    }

    /// What carries the project's name, and what was fetched for it and nothing else needs.
    private Leaving marked(Session session, String projectName) {
        ProjectNames names = ProjectTarget.use(session, flags, Target.ELSEWHERE);
        Owners owners = new Managed(session, names.namespace()).owners();
        if (owners.entities(Set.of(projectName)).isEmpty()) {
            throw Managed.unknown(projectName);
        }
        Set<String> needing = owners.needing(projectName);
        if (!needing.isEmpty()) {
            throw CliException.general("Project '%s' cannot be removed, since others need it: %s"
                            .formatted(projectName, String.join(", ", needing)))
                    .withHint("Nothing was changed. It goes with the last project that needs it.");
        }
        var projects = new HashSet<>(owners.unneeded(projectName, Set.of()));
        projects.add(projectName);
        return new Leaving(owners.entities(projects), owners.apis(projects));
    }

    /// What the manifest describes and does not belong to another project.
    private Leaving described(Session session, Progress progress) throws InterruptedException {
        ProjectFiles files = ProjectFiles.read(session, flags);
        ProjectNames names = ProjectTarget.use(session, flags, files.manifest().target());
        List<ProjectPart> all;
        try (var parts = new ProjectParts(session, progress)) {
            all = parts.of(files, names);
        }
        ProjectSync sync = ProjectSync.of(files.manifest().name(), all, names);
        Owners owners = owners(session, names);
        Set<String> own = own(sync, owners);
        List<EntityKey> entities = sync.entities().stream()
                .filter(key -> isOwn(session, sync, own, key.toString(), owners.ownerOf(key)))
                .toList();
        List<ApiOperation> apis = sync.apis().stream()
                .filter(api -> isOwn(session, sync, own, api.title(), owners.ownerOf(api.target(), own)))
                .toList();
        return new Leaving(entities, apis);
    }

    /// The project itself, what belongs to none, and what is fetched for it and no other project needs.
    private static Set<String> own(ProjectSync sync, Owners owners) {
        var own = new HashSet<>(sync.fetched());
        own.add(sync.projectName());
        own.removeAll(owners.neededByOthersThan(Set.copyOf(own)));
        own.add("");
        return own;
    }

    private static boolean isOwn(Session session, ProjectSync sync, Set<String> own, String what, String owner) {
        if (own.contains(owner)) {
            return true;
        }
        String more = sync.fetched().contains(owner)
                ? ", which others need."
                : sync.projectName().isEmpty()
                        ? ": 'wsk project undeploy --projectname %s' removes that.".formatted(owner)
                        : ".";
        session.err().warning(what + " is left, since it belongs to project " + owner + more);
        return false;
    }

    private Owners owners(Session session, ProjectNames names) {
        try {
            return new Managed(session, names.namespace()).owners();
        } catch (CliException e) {
            if (!flags.isPreview()) {
                throw e;
            }
            session.err().warning("what is on the server was not looked at: " + e.getMessage());
            return Owners.UNKNOWN;
        }
    }
}
