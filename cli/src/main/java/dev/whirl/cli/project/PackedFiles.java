package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.project.manifest.Manifest.ManifestAction.Included;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Collects what goes into the archive of an action. Links are followed if they stay within the project.
final class PackedFiles {
    private static final int MAX_FILES = 20_000;

    /// Links to folders can make very many of a few.
    private static final int MAX_FOLDERS = 20_000;

    private static final long MAX_BYTES = 512L * 1024 * 1024;

    private final SourceFolder project;
    private final List<Exclusion> exclusions;
    private final SortedMap<String, Path> files = new TreeMap<>();
    private long bytes;
    private int folders;

    /// What stays out of the archive.
    ///
    /// @param names matches the place of a file
    private record Exclusion(String pattern, Glob names) {
        static Exclusion of(String pattern) {
            return new Exclusion(pattern, Glob.of(pattern));
        }

        /// A pattern without a slash is for names, wherever they are.
        boolean matches(String place) {
            Path path = Path.of(place);
            boolean isBelow = place.startsWith(pattern.endsWith("/") ? pattern : pattern + "/");
            return isBelow || names.matches(path) || (!pattern.contains("/") && names.matches(path.getFileName()));
        }
    }

    /// @param exclude patterns of what stays out
    PackedFiles(SourceFolder project, List<String> exclude) {
        this.project = project;
        this.exclusions = exclude.stream().map(Exclusion::of).toList();
    }

    /// By their places in the archive.
    SortedMap<String, Path> all() {
        return Collections.unmodifiableSortedMap(files);
    }

    /// Adds everything in a folder.
    ///
    /// @param to place in the archive
    void addFolder(Path root, String to) throws IOException {
        walk(root, new Visitor(root, to, null));
    }

    /// Adds what a manifest includes beyond the action's folder.
    void add(Included included) throws IOException {
        String from = included.from();
        if (from.contains("*")) {
            addMatching(from, included.to());
            return;
        }
        Path source = project.resolve(from);
        if (Files.isDirectory(source)) {
            addFolder(source, included.to() == null ? from : included.to());
        } else if (Files.isRegularFile(source)) {
            add(place(included, source), source, Files.size(source));
        } else {
            throw CliException.usage("'include' names '%s', which does not exist".formatted(from));
        }
    }

    private void addMatching(String pattern, @Nullable String to) throws IOException {
        var wanted = IncludePattern.of(pattern);
        Path root = project.resolve(wanted.folder());
        String place = to == null ? wanted.folder() : to;
        var visitor = new Visitor(root, place, wanted);
        if (Files.isDirectory(root)) {
            walk(root, visitor);
        }
        if (!visitor.hasFound) {
            throw CliException.usage("'include' names '%s', and there is no such file".formatted(pattern));
        }
    }

    private static void walk(Path root, Visitor visitor) throws IOException {
        Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, visitor);
    }

    private void add(String place, Path file, long size) {
        String inside = inside(place);
        if (isExcluded(inside)) {
            return;
        }
        files.put(inside, file);
        bytes += size;
        if (files.size() > MAX_FILES) {
            throw CliException.usage("there are more than %d files".formatted(MAX_FILES));
        }
        if (bytes > MAX_BYTES) {
            throw CliException.usage("the files have more than %d MB".formatted(MAX_BYTES / (1024 * 1024)));
        }
    }

    private void countFolder() {
        folders++;
        if (folders > MAX_FOLDERS) {
            throw CliException.usage("there are more than %d folders".formatted(MAX_FOLDERS));
        }
    }

    private boolean isExcluded(String place) {
        return exclusions.stream().anyMatch(each -> each.matches(place));
    }

    /// A destination that ends in a slash, or names no file, is a folder.
    private static String place(Included included, Path source) {
        String to = included.to() == null ? included.from() : included.to();
        boolean isFolder = to.endsWith("/") || (included.to() != null && !to.contains("."));
        return isFolder ? to + "/" + source.getFileName() : to;
    }

    /// A place in the archive: never outside of it, whatever was written.
    private static String inside(String place) {
        Path path = Path.of("/" + place.replace('\\', '/')).normalize();
        return path.toString().substring(1).replace('\\', '/');
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        private final Path root;
        private final String to;
        private final @Nullable IncludePattern wanted;
        private boolean hasFound;

        /// @param wanted null for everything
        Visitor(Path root, String to, @Nullable IncludePattern wanted) {
            this.root = root;
            this.to = to;
            this.wanted = wanted;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (folder.equals(root)) {
                return FileVisitResult.CONTINUE;
            }
            boolean isOfNoInterest = wanted != null && !wanted.mayMatchBelow(root.relativize(folder));
            if (isOfNoInterest || isExcluded(inside(place(folder)))) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            requireInside(folder);
            countFolder();
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            boolean isWanted = wanted == null || wanted.matches(root.relativize(file));
            hasFound |= isWanted;
            if (isWanted && attributes.isRegularFile() && !isExcluded(inside(place(file)))) {
                requireInside(file);
                add(place(file), file, attributes.size());
            }
            return FileVisitResult.CONTINUE;
        }

        /// A link to nothing, and a file that has just gone, are no part of the action.
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof FileSystemLoopException) {
                throw new IOException("'%s' is a link that leads back to its own folder".formatted(place(file)));
            }
            if (failure instanceof NoSuchFileException && !file.equals(root)) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        private String place(Path file) {
            return to + "/" + root.relativize(file);
        }

        private void requireInside(Path file) {
            if (Files.isSymbolicLink(file)) {
                project.requireInside(file, root);
            }
        }
    }
}
