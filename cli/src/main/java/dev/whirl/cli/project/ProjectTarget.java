package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.project.manifest.Manifest.Target;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where a project is deployed to: what the command line says, else what the manifest says, else what is set.
final class ProjectTarget {
    private ProjectTarget() {}

    /// Must come before the properties are first used.
    ///
    /// @throws CliException if a file was named that is none: without it, the project would go to
    /// another server
    static void useConfig(Session session, ProjectFlags flags) {
        String config = flags.config();
        if (config == null) {
            return;
        }
        Path file = session.surroundings().workingFolder().resolve(config);
        if (!Files.isRegularFile(file)) {
            throw CliException.general("The properties file '%s' %s; --config must name one"
                    .formatted(config, Files.exists(file) ? "is not a file" : "does not exist"));
        }
        session.usePropertiesFile(file);
    }

    /// Tells the session, before its first call.
    static ProjectNames use(Session session, ProjectFlags flags, Target target) {
        String flag = flags.namespace();
        session.useTarget(target.apiHost(), target.credential(), flag == null ? target.namespace() : flag);
        session.useGatewayToken(target.gatewayToken());
        return new ProjectNames(session.settings().namespace());
    }
}
