package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.file.FileProblem;
import dev.whirl.cli.project.manifest.Manifest.ManifestAction.Included;
import dev.whirl.common.archive.StableZip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/// Packs a folder with an action's code. The same files give the same bytes, whenever they are packed.
///
/// @param project that names are relative to
/// @param function the folder
public record FolderArchive(SourceFolder project, String function) {
    private static final long MAX_BYTES = 96L * 1024 * 1024;

    /// What a file in the folder says about the kind of the action.
    private static final Map<String, String> KINDS = Map.of(
            "package.json", "nodejs:default",
            "index.js", "nodejs:default",
            "__main__.py", "python:default");

    /// @param include files beyond the folder, with their places in the archive
    /// @param exclude patterns of what stays out
    public byte[] pack(List<Included> include, List<String> exclude) {
        try {
            var files = new PackedFiles(project, exclude);
            files.addFolder(project.resolve(function), "");
            for (Included each : include) {
                files.add(each);
            }
            return StableZip.of(files.all(), MAX_BYTES)
                    .orElseThrow(() -> CliException.usage("it is too large for an action"));
        } catch (PatternSyntaxException e) {
            throw CliException.usage("'%s' is not a pattern: %s".formatted(e.getPattern(), e.getDescription()));
        } catch (CliException e) {
            throw e.within("Unable to pack '%s': ".formatted(function));
        } catch (IOException e) {
            throw CliException.general("Unable to pack '%s': %s".formatted(function, FileProblem.of(e)));
        }
    }

    /// Whether the files in a folder speak of a kind, wherever it lies.
    static boolean isProgram(Path folder) {
        return KINDS.keySet().stream().anyMatch(name -> Files.isRegularFile(folder.resolve(name)));
    }

    /// The kind that the files in it speak of.
    public Optional<String> kind() {
        return KINDS.entrySet().stream()
                .filter(each -> Files.isRegularFile(project.resolve(function).resolve(each.getKey())))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
