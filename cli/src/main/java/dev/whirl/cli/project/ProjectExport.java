package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.FileProblem;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.output.YamlText;
import dev.whirl.cli.project.manifest.Manifest.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// `wsk project export` (rows L-22, L-41): writes a manifest and the code of its actions.
final class ProjectExport extends Command {
    private final ProjectFlags flags = new ProjectFlags(options());

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
            throw CliException.general("There is no project '%s' in this namespace".formatted(projectName));
        }
        Path file = manifest(session);
        var export = new ExportedProject(session, projectName, entities);
        String text = YamlText.of(export.manifest());
        write(file, text, export.codeFiles());
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

    /// The code first: a manifest is there only if everything it names is.
    private static void write(Path manifest, String text, List<ExportedProject.ExportedFile> codeFiles) {
        Path parent = manifest.toAbsolutePath().getParent();
        Path folder = parent == null ? manifest.toAbsolutePath() : parent;
        try {
            for (ExportedProject.ExportedFile each : codeFiles) {
                Path file = folder.resolve(each.name());
                Files.createDirectories(folder.resolve(each.folder()));
                Files.write(file, each.bytes());
            }
            Files.createDirectories(folder);
            Files.writeString(manifest, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw CliException.general("Unable to write the project: " + FileProblem.of(e));
        }
    }
}
