package dev.whirl.cli.project;

import dev.whirl.cli.action.KindBySuffix;
import dev.whirl.cli.command.CliException;
import dev.whirl.cli.file.FileProblem;
import dev.whirl.cli.project.manifest.Manifest;
import dev.whirl.cli.project.manifest.Manifest.ManifestAction;
import dev.whirl.cli.project.manifest.Manifest.ManifestPackage;
import dev.whirl.cli.project.manifest.Manifest.Target;
import dev.whirl.cli.project.manifest.Manifest.Values;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Stands for the manifest of a folder that has none: each source file and each folder with a
/// program is an action of its name.
record FolderManifest(Path folder) {
    ProjectFiles read() {
        var manifest = new Manifest("", Target.ELSEWHERE, List.of(actions()), null);
        return new ProjectFiles(folder.resolve("manifest.yaml"), "", manifest);
    }

    /// Names of links that would be actions if they did not lead out of the folder: whoever made one chose what would
    /// be sent.
    List<String> leftOut() {
        return named(
                child -> Files.isSymbolicLink(child) && !SourceFolder.of(folder).holds(child));
    }

    private ManifestPackage actions() {
        var actions = new LinkedHashMap<String, ManifestAction>();
        for (String file : named(SourceFolder.of(folder)::holds)) {
            String suffix = Files.isDirectory(folder.resolve(file)) ? "" : KindBySuffix.suffix(file);
            actions.put(file.substring(0, file.length() - suffix.length()), action(file));
        }
        var events = new ManifestPackage.Events(Map.of(), Map.of(), Map.of(), List.of());
        return new ManifestPackage(Manifest.DEFAULT_PACKAGE, false, Values.NONE, Map.of(), actions, events);
    }

    /// The names of files and folders with a program.
    private List<String> named(Predicate<Path> isWanted) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted()
                    .filter(FolderManifest::isProgram)
                    .filter(isWanted)
                    .map(child -> child.getFileName().toString())
                    .toList();
        } catch (IOException e) {
            throw CliException.general("Unable to read the folder: " + FileProblem.of(e));
        } catch (UncheckedIOException e) {
            throw CliException.general("Unable to read the folder: " + e.getMessage());
        }
    }

    private static boolean isProgram(Path child) {
        String file = child.getFileName().toString();
        if (file.startsWith(".")) {
            return false;
        }
        return Files.isDirectory(child)
                ? FolderArchive.isProgram(child)
                : KindBySuffix.kind(KindBySuffix.suffix(file)).isPresent();
    }

    private static ManifestAction action(String file) {
        return new ManifestAction(
                new ManifestAction.Source(file, null, List.of(), List.of()),
                new ManifestAction.ExecHints(null, null, null, false),
                Values.NONE,
                null,
                new ManifestAction.Limits(null, null, null, null),
                "");
    }
}
