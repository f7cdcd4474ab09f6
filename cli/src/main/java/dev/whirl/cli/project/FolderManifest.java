package dev.whirl.cli.project;

import dev.whirl.cli.action.KindBySuffix;
import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.FileProblem;
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
import java.util.stream.Stream;

/// Stands for the manifest of a folder that has none: each source file and each folder with a
/// program is an action of its name.
record FolderManifest(Path folder) {
    ProjectFiles read() {
        var manifest = new Manifest("", Target.ELSEWHERE, List.of(actions()), null);
        return new ProjectFiles(folder.resolve("manifest.yaml"), "", manifest);
    }

    private ManifestPackage actions() {
        var actions = new LinkedHashMap<String, ManifestAction>();
        try (Stream<Path> children = Files.list(folder)) {
            children.sorted().filter(this::isAction).forEach(child -> {
                String file = child.getFileName().toString();
                String suffix = Files.isDirectory(child) ? "" : KindBySuffix.suffix(file);
                actions.put(file.substring(0, file.length() - suffix.length()), action(file));
            });
        } catch (IOException e) {
            throw CliException.general("Unable to read the folder: " + FileProblem.of(e));
        } catch (UncheckedIOException e) {
            throw CliException.general("Unable to read the folder: " + e.getMessage());
        }
        var events = new ManifestPackage.Events(Map.of(), Map.of(), Map.of(), List.of());
        return new ManifestPackage(Manifest.DEFAULT_PACKAGE, false, Values.NONE, Map.of(), actions, events);
    }

    private boolean isAction(Path child) {
        String file = child.getFileName().toString();
        if (file.startsWith(".") || !SourceFolder.of(folder).holds(child)) {
            return false;
        }
        return Files.isDirectory(child)
                ? new FolderArchive(SourceFolder.of(folder), file).kind().isPresent()
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
