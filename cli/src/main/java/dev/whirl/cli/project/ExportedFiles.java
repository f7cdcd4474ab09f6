package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.file.FileProblem;
import dev.whirl.cli.file.WholeFile;
import dev.whirl.cli.file.WholeFile.Readers;
import dev.whirl.cli.project.ExportedProject.ExportedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes a project to the disk: a manifest, and beside it the files that it names. Links are never followed, and files
/// that are there are replaced only if that is wanted.
///
/// @param mayReplace files that are there
/// @param readers who may read them
record ExportedFiles(Path manifest, boolean mayReplace, Readers readers) {
    /// The manifest last: it is there only if everything it names is.
    void write(String text, List<ExportedFile> named) {
        Path folder = parent(manifest);
        var files = new LinkedHashMap<Path, byte[]>();
        for (ExportedFile each : named) {
            requireFolder(folder.resolve(each.folder()));
            files.put(folder.resolve(each.name()), each.bytes());
        }
        files.put(manifest, text.getBytes(StandardCharsets.UTF_8));
        files.keySet().forEach(this::requireFree);
        try {
            for (Map.Entry<Path, byte[]> each : files.entrySet()) {
                write(each.getKey(), each.getValue());
            }
        } catch (IOException e) {
            throw CliException.general("Unable to write the project: " + FileProblem.of(e));
        }
    }

    private static Path parent(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    private static void requireFolder(Path folder) {
        boolean isFree = Files.notExists(folder, LinkOption.NOFOLLOW_LINKS);
        if (!isFree && !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw CliException.general(
                    "Unable to write the project: '%s' is a link or a file, where a folder is due".formatted(folder));
        }
    }

    private void requireFree(Path file) {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            throw CliException.general("Unable to write the project: '%s' is a folder".formatted(file));
        }
        if (!mayReplace && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw CliException.general("Unable to write the project: '%s' exists already".formatted(file))
                    .withHint("Nothing was written. With --overwrite it is replaced.");
        }
    }

    private void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(parent(file));
        if (mayReplace) {
            WholeFile.replace(file, bytes, readers);
        } else {
            WholeFile.create(file, bytes, readers);
        }
    }
}
