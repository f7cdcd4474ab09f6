package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.project.manifest.Manifest;
import dev.whirl.cli.project.manifest.ManifestException;
import dev.whirl.cli.project.manifest.ManifestReader;
import dev.whirl.cli.project.manifest.Overrides;
import dev.whirl.cli.project.manifest.Problems;
import dev.whirl.cli.project.manifest.Variables;
import dev.whirl.model.json.RawJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A project as it lies on the disk: its manifest, read.
///
/// @param file the manifest
/// @param text of the manifest
record ProjectFiles(Path file, String text, Manifest manifest) {
    /// The folder that names in the manifest are relative to.
    Path folder() {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    /// Reads the files that the flags name, or that lie in the project's folder; warnings go to standard error.
    static ProjectFiles read(Session session, ProjectFlags flags) {
        Path working = session.surroundings().workingFolder();
        String project = flags.project();
        Path folder = project == null ? working : working.resolve(project);
        if (!Files.isDirectory(folder)) {
            throw CliException.usage("The project's folder '%s' does not exist".formatted(project));
        }
        Path file = file(working, flags.manifest(), folder, "manifest")
                .orElseThrow(() -> CliException.usage("There is no manifest.yaml or manifest.yml in '%s'"
                        .formatted(project == null ? "." : project)));
        Path deployment =
                file(working, flags.deployment(), folder, "deployment").orElse(null);
        return read(session, file, deployment, flags.isStrict(), flags.variables(working));
    }

    /// Reads the files that lie in a folder.
    ///
    /// @throws CliException if there is no manifest
    static ProjectFiles inFolder(Session session, Path folder) {
        Path file =
                file(folder, null, folder, "manifest").orElseThrow(() -> CliException.usage("There is no manifest"));
        Path deployment = file(folder, null, folder, "deployment").orElse(null);
        return read(session, file, deployment, false, Map.of());
    }

    private static ProjectFiles read(
            Session session, Path file, @Nullable Path deployment, boolean isStrict, Map<String, RawJson> values) {
        var variables = new Variables(values, session.surroundings().environment());
        try {
            Overrides overrides = Overrides.NONE;
            if (deployment != null) {
                var problems = new Problems(String.valueOf(deployment.getFileName()), isStrict);
                overrides = Overrides.read(content(deployment), problems, variables);
                problems.warnings().forEach(session.err()::warning);
            }
            var problems = new Problems(String.valueOf(file.getFileName()), isStrict);
            String text = content(file);
            Manifest manifest = ManifestReader.read(text, problems, variables, overrides);
            problems.warnings().forEach(session.err()::warning);
            return new ProjectFiles(file, text, manifest);
        } catch (ManifestException e) {
            throw CliException.usage(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<Path> file(Path working, @Nullable String given, Path folder, String name) {
        if (given != null) {
            return Optional.of(working.resolve(given));
        }
        return Stream.of(".yaml", ".yml")
                .map(suffix -> folder.resolve(name + suffix))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static String content(Path file) {
        if (!Files.isRegularFile(file)) {
            throw CliException.usage("'%s' is not a file".formatted(file.getFileName()));
        }
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw CliException.general("Unable to read '%s': %s".formatted(file.getFileName(), e.getMessage()));
        }
    }
}
