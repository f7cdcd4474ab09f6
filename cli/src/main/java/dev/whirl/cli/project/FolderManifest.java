package dev.whirl.cli.project;

import dev.whirl.cli.action.KindBySuffix;
import dev.whirl.cli.command.CliException;
import dev.whirl.cli.file.FileProblem;
import dev.whirl.cli.project.manifest.Manifest;
import dev.whirl.cli.project.manifest.Manifest.ManifestAction;
import dev.whirl.cli.project.manifest.Manifest.ManifestPackage;
import dev.whirl.cli.project.manifest.Manifest.Target;
import dev.whirl.cli.project.manifest.Manifest.Values;
import dev.whirl.model.entity.EntityName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Stands for the manifest of a folder that has none: each source file and each folder with a
/// program is an action of its name. What cannot be one is left out, and keeps no other from being one.
///
/// @param files their names, by those of the actions
/// @param leftOut sentences for people about what would be an action, and is not
record FolderManifest(Path folder, Map<String, String> files, List<String> leftOut) {
    /// Looks at a folder.
    static FolderManifest of(Path folder) {
        var files = new LinkedHashMap<String, String>();
        var leftOut = new ArrayList<String>();
        for (Path child : programs(folder)) {
            String file = child.getFileName().toString();
            String action = action(child);
            obstacle(folder, child)
                    .ifPresentOrElse(obstacle -> leftOut.add("'%s' %s".formatted(file, obstacle)), () -> {
                        String other = files.put(action, file);
                        if (other != null) {
                            leftOut.add("'%s' is not deployed, since '%s' is action [%s], too: rename one of them"
                                    .formatted(other, file, action));
                        }
                    });
        }
        return new FolderManifest(folder, files, leftOut);
    }

    ProjectFiles read() {
        var actions = new LinkedHashMap<String, ManifestAction>();
        files.forEach((action, file) -> actions.put(action, source(file)));
        var events = new ManifestPackage.Events(Map.of(), Map.of(), Map.of(), List.of());
        var all = new ManifestPackage(Manifest.DEFAULT_PACKAGE, false, Values.NONE, Map.of(), actions, events);
        var manifest = new Manifest("", Target.ELSEWHERE, List.of(all), null);
        return new ProjectFiles(folder.resolve("manifest.yaml"), "", manifest);
    }

    /// Files and folders that seem to hold a program.
    private static List<Path> programs(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().filter(FolderManifest::isProgram).toList();
        } catch (IOException e) {
            throw CliException.general("Unable to read the folder: " + FileProblem.of(e));
        } catch (UncheckedIOException e) {
            throw CliException.general("Unable to read the folder: " + e.getMessage());
        }
    }

    /// What has just gone is none.
    private static boolean isProgram(Path child) {
        String file = child.getFileName().toString();
        if (file.startsWith(".") || Files.notExists(child, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        return Files.isDirectory(child)
                ? FolderArchive.isProgram(child)
                : KindBySuffix.kind(KindBySuffix.suffix(file)).isPresent();
    }

    private static String action(Path child) {
        String file = child.getFileName().toString();
        String suffix = Files.isDirectory(child) ? "" : KindBySuffix.suffix(file);
        return file.substring(0, file.length() - suffix.length());
    }

    /// Why something cannot be an action. Whoever made a link chose what would be sent.
    private static Optional<String> obstacle(Path folder, Path child) {
        if (Files.isSymbolicLink(child) && !SourceFolder.of(folder).holds(child)) {
            return Optional.of(
                    "is a link to what lies outside of the folder, and is not deployed: copy that, or name it in a manifest");
        }
        if (!Files.isDirectory(child) && !Files.isRegularFile(child)) {
            return Optional.of("is neither a file nor a folder, and is not deployed");
        }
        if (!Files.isReadable(child)) {
            return Optional.of("cannot be read, and is not deployed: change its permissions");
        }
        String name = action(child);
        if (name.length() > EntityName.MAX_LENGTH || !EntityName.isLegal(name)) {
            return Optional.of(
                    "is not deployed: servers take only names of at most %d characters that begin with a letter, digit or underscore, go on with these, @, ., &, - and spaces, and do not end with a space; rename it"
                            .formatted(EntityName.MAX_LENGTH));
        }
        return child.toString().endsWith(".jar")
                ? Optional.of("is not deployed: a Java action needs the name of its class, as 'main' in a manifest")
                : Optional.empty();
    }

    private static ManifestAction source(String file) {
        return new ManifestAction(
                new ManifestAction.Source(file, null, List.of(), List.of()),
                new ManifestAction.ExecHints(null, null, null, false),
                Values.NONE,
                null,
                new ManifestAction.Limits(null, null, null, null),
                "");
    }
}
