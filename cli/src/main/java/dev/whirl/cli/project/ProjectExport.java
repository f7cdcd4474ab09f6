package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Options.Flag;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.file.WholeFile.Readers;
import dev.whirl.cli.output.YamlText;
import dev.whirl.cli.project.Owners.Owned;
import dev.whirl.cli.project.manifest.Manifest.Target;
import dev.whirl.model.json.RawJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

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
        List<Owned> entities = new Managed(session, names.namespace())
                .owners().all().stream()
                        .filter(each -> each.belongsTo(Set.of(projectName)))
                        .toList();
        if (entities.isEmpty()) {
            throw Managed.unknown(projectName);
        }
        Path file = manifest(session);
        var export = new ExportedProject(session, projectName, entities);
        RawJson content = export.manifest();
        List<String> withSecrets = ExportedSecrets.actions(content);
        Readers readers = withSecrets.isEmpty() ? Readers.ANYBODY : Readers.OWNER;
        new ExportedFiles(file, overwrite.isSet(), readers).write(YamlText.of(content), export.files());
        withSecrets.forEach(action -> session.err()
                .warning(
                        "'%s' holds the secret of web action [%s], its annotation 'require-whisk-auth': keep the file to yourself"
                                .formatted(file.getFileName(), action)));
        needed(entities).forEach(name -> session.err().warning(about(name)));
        session.out().ok("exported project " + session.out().bold(projectName) + " to " + file);
        return ExitCodes.OK;
    }

    private static String about(String needed) {
        String text = ExportedDependencies.isAddress(needed)
                ? "the project needs %s: its 'inputs' are not known, add them to the manifest's 'dependencies'"
                : "the project needs %1$s, which is left out: 'wsk project export --projectname %1$s' writes it, and 'wsk project sync' with this manifest would remove it";
        return text.formatted(needed);
    }

    private static Set<String> needed(List<Owned> entities) {
        return entities.stream()
                .flatMap(each -> Optional.ofNullable(each.mark()).stream())
                .flatMap(mark -> mark.dependencies().values().stream())
                .filter(needed -> needed.inputs() == null || !ExportedDependencies.isAddress(needed.projectName()))
                .map(Mark::projectName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Path manifest(Session session) {
        String project = flags.project();
        Path working = session.surroundings().workingFolder();
        Path folder = project == null ? working : working.resolve(project);
        String name = flags.manifest();
        return name == null ? folder.resolve("manifest.yaml") : working.resolve(name);
    }
}
