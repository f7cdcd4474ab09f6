package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.file.FileProblem;
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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
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

    ProjectFiles withManifest(Manifest other) {
        return new ProjectFiles(file, text, other);
    }

    /// Of the manifest's text.
    String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 20);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
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
        var variables =
                new Variables(flags.variables(working), session.surroundings().environment());
        return new Reading(session, "", flags.isStrict(), variables).read(file, deployment);
    }

    /// Reads the files that lie in a folder.
    ///
    /// @throws CliException if there is no manifest
    static ProjectFiles inFolder(Session session, Path folder) {
        Path file =
                file(folder, null, folder, "manifest").orElseThrow(() -> CliException.usage("There is no manifest"));
        Path deployment = file(folder, null, folder, "deployment").orElse(null);
        var variables = new Variables(Map.of(), session.surroundings().environment());
        return new Reading(session, "", false, variables).read(file, deployment);
    }

    /// Reads the manifest of a project that somebody else wrote, which sees nothing of the environment: it may hold
    /// secrets.
    ///
    /// @param about what warnings begin with
    /// @param values variables of the manifest
    static ProjectFiles ofOthers(Session session, SourceFolder folder, String about, Map<String, RawJson> values) {
        Path file = ofOthers(folder, "manifest")
                .orElseThrow(() -> CliException.usage("there is no manifest.yaml or manifest.yml in it"));
        Path deployment = ofOthers(folder, "deployment").orElse(null);
        return new Reading(session, about, false, new Variables(values, Map.of())).read(file, deployment);
    }

    /// It may be a link, which must not lead to a file of the user's.
    private static Optional<Path> ofOthers(SourceFolder folder, String name) {
        return file(folder.path(), null, folder.path(), name)
                .map(file -> folder.resolve(String.valueOf(file.getFileName())));
    }

    /// How files are read.
    ///
    /// @param about what warnings begin with
    private record Reading(Session session, String about, boolean isStrict, Variables variables) {
        ProjectFiles read(Path file, @Nullable Path deployment) {
            Overrides overrides = deployment == null
                    ? Overrides.NONE
                    : read(deployment, (text, problems) -> Overrides.read(text, problems, variables));
            return read(file, (text, problems) -> {
                Manifest manifest = ManifestReader.read(text, problems, variables, overrides);
                return new ProjectFiles(file, text, manifest);
            });
        }

        /// What may be the reason of an error is told before it.
        private <T> T read(Path file, BiFunction<String, Problems, T> reader) {
            var problems = new Problems(String.valueOf(file.getFileName()), isStrict);
            try {
                return reader.apply(content(file), problems);
            } catch (ManifestException e) {
                throw CliException.usage(String.valueOf(e.getMessage()));
            } finally {
                warn(problems);
            }
        }

        private void warn(Problems problems) {
            problems.warnings().forEach(warning -> session.err().warning(about + warning));
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
            throw CliException.general("Unable to read '%s': %s".formatted(file.getFileName(), FileProblem.of(e)));
        }
    }
}
