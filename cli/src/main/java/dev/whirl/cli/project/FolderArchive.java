package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.project.manifest.Manifest.ManifestAction.Included;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/// Packs a folder with an action's code. The same files give the same bytes, whenever they are packed.
///
/// @param project that names are relative to
/// @param function the folder
public record FolderArchive(Path project, String function) {
    private static final long MAX_BYTES = 96L * 1024 * 1024;
    private static final int MAX_FILES = 20_000;

    /// Any time that archives can hold without a time zone.
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    /// What a file in the folder says about the kind of the action.
    private static final Map<String, String> KINDS = Map.of(
            "package.json", "nodejs:default",
            "index.js", "nodejs:default",
            "__main__.py", "python:default");

    /// @param include files beyond the folder, with their places in the archive
    /// @param exclude patterns of what stays out
    public byte[] pack(List<Included> include, List<String> exclude) {
        try {
            var files = new TreeMap<String, Path>();
            Path root = project.resolve(function);
            addFolder(files, root, "");
            include.forEach(each -> add(files, each));
            files.keySet().removeIf(place -> isExcluded(place, exclude));
            return zip(files);
        } catch (PatternSyntaxException e) {
            throw CliException.usage("'%s' is not a pattern: %s".formatted(e.getPattern(), e.getDescription()));
        } catch (IOException e) {
            throw CliException.general("Unable to pack '%s': %s".formatted(function, e.getMessage()));
        } catch (UncheckedIOException e) {
            throw CliException.general("Unable to pack '%s': %s".formatted(function, e.getMessage()));
        }
    }

    /// The kind that the files in it speak of.
    public Optional<String> kind() {
        return KINDS.entrySet().stream()
                .filter(each -> Files.isRegularFile(project.resolve(function).resolve(each.getKey())))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private void add(Map<String, Path> files, Included included) {
        try {
            String from = included.from();
            if (from.contains("*")) {
                addMatching(files, from, included.to());
                return;
            }
            Path source = project.resolve(from);
            if (Files.isDirectory(source)) {
                addFolder(files, source, included.to() == null ? from : included.to());
            } else if (Files.isRegularFile(source)) {
                files.put(place(included, source), source);
            } else {
                throw CliException.usage("'include' names '%s', which does not exist".formatted(from));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A destination that ends in a slash, or names no file, is a folder.
    private static String place(Included included, Path source) {
        String to = included.to() == null ? included.from() : included.to();
        boolean isFolder = to.endsWith("/") || (included.to() != null && !to.contains("."));
        return inside(isFolder ? to + "/" + source.getFileName() : to);
    }

    private void addMatching(Map<String, Path> files, String pattern, @Nullable String to) throws IOException {
        int slash = pattern.substring(0, pattern.indexOf('*')).lastIndexOf('/');
        String base = slash < 0 ? "" : pattern.substring(0, slash);
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern.substring(slash + 1));
        Path root = project.resolve(base);
        var all = new TreeMap<String, Path>();
        addFolder(all, root, "");
        all.forEach((place, file) -> {
            if (matcher.matches(Path.of(place))) {
                files.put(inside((to == null ? base : to) + "/" + place), file);
            }
        });
    }

    private static void addFolder(Map<String, Path> files, Path root, String to) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            all.filter(Files::isRegularFile).forEach(file -> {
                files.put(inside(to + "/" + root.relativize(file)), file);
                if (files.size() > MAX_FILES) {
                    throw CliException.usage("'%s' holds more than %d files".formatted(root, MAX_FILES));
                }
            });
        }
    }

    /// A place in the archive: never outside of it, whatever was written.
    private static String inside(String place) {
        Path path = Path.of("/" + place.replace('\\', '/')).normalize();
        return path.toString().substring(1).replace('\\', '/');
    }

    /// A pattern without a slash is for names, wherever they are.
    private static boolean isExcluded(String place, List<String> patterns) {
        Path path = Path.of(place);
        return patterns.stream().anyMatch(pattern -> {
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
            boolean isBelow = place.startsWith(pattern.endsWith("/") ? pattern : pattern + "/");
            return isBelow || matcher.matches(path) || (!pattern.contains("/") && matcher.matches(path.getFileName()));
        });
    }

    private byte[] zip(Map<String, Path> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, Path> each : files.entrySet()) {
                var entry = new ZipEntry(each.getKey());
                entry.setTimeLocal(TIME);
                zip.putNextEntry(entry);
                Files.copy(each.getValue(), zip);
                zip.closeEntry();
                if (bytes.size() > MAX_BYTES) {
                    throw CliException.usage("'%s' is too large for an action".formatted(function));
                }
            }
        }
        return bytes.toByteArray();
    }
}
