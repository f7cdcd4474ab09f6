package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Options.Flag;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.output.YamlText;
import dev.whirl.cli.project.manifest.Manifest.Target;
import java.nio.file.Path;
import java.util.List;

/// `wsk project export` (rows L-22, L-41): writes a manifest and the code of its actions.
final class ProjectExport extends Command {
    private final ProjectFlags flags = new ProjectFlags(options());
    private final Flag overwrite = options().flag("replace files that are there already", "--overwrite");

    ProjectExport() {
        super(
                "--projectname NAME",
                "write a deployed project back to files: a manifest and the code of its actions",
                "wsk project export --projectname shop --manifest shop/manifest.yaml");
    }

    @Override
    public int run(Session session) {
        arguments(0, 0, "No arguments are required.");
        String projectName = flags.projectName();
        if (projectName == null) {
            throw CliException.usage("The name of the project is required: --projectname NAME");
        }
        ProjectTarget.useConfig(session, flags);
        ProjectNames names = ProjectTarget.use(session, flags, Target.ELSEWHERE);
        List<EntityKey> entities = new Managed(session, names.namespace()).entities(projectName);
        if (entities.isEmpty()) {
            throw Managed.unknown(projectName);
        }
        Path file = manifest(session);
        var export = new ExportedProject(session, projectName, entities);
        String text = YamlText.of(export.manifest());
        new ExportedFiles(file, overwrite.isSet()).write(text, export.codeFiles());
        session.out().ok("exported project " + session.out().bold(projectName) + " to " + file);
        return ExitCodes.OK;
    }

    private Path manifest(Session session) {
        String project = flags.project();
        Path working = session.surroundings().workingFolder();
        Path folder = project == null ? working : working.resolve(project);
        String name = flags.manifest();
        return name == null ? folder.resolve("manifest.yaml") : working.resolve(name);
    }
}
