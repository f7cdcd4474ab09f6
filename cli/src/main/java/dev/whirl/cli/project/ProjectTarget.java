package dev.whirl.cli.project;

import dev.whirl.cli.command.Session;
import dev.whirl.cli.project.manifest.Manifest.Target;

/// Where a project is deployed to: what the command line says, else what the manifest says, else what is set.
final class ProjectTarget {
    private ProjectTarget() {}

    /// Must come before the properties are first used.
    static void useConfig(Session session, ProjectFlags flags) {
        String config = flags.config();
        if (config != null) {
            session.usePropertiesFile(session.surroundings().workingFolder().resolve(config));
        }
    }

    /// Tells the session, before its first call.
    static ProjectNames use(Session session, ProjectFlags flags, Target target) {
        String flag = flags.namespace();
        session.useTarget(target.apiHost(), target.credential(), flag == null ? target.namespace() : flag);
        session.useGatewayToken(target.gatewayToken());
        return new ProjectNames(session.settings().namespace());
    }
}
