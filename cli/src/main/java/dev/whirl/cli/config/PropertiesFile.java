package dev.whirl.cli.config;

import dev.whirl.cli.file.FileProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The file `~/.wskprops`: lines `KEY=value`; `#` begins a comment. Lines that mean nothing here are kept.
///
/// It holds a secret: it is written with mode 600, and whole or not at all.
public final class PropertiesFile {
    private final @Nullable Path path;

    private PropertiesFile(@Nullable Path path) {
        this.path = path;
    }

    /// `WSK_CONFIG_FILE` if that is set (set but empty: no file at all), else `.wskprops` in the home folder.
    public static PropertiesFile locate(Map<String, String> environment, Path home) {
        String chosen = environment.get("WSK_CONFIG_FILE");
        if (chosen == null) {
            return new PropertiesFile(home.resolve(".wskprops"));
        }
        return new PropertiesFile(chosen.isEmpty() ? null : Path.of(chosen));
    }

    public static PropertiesFile at(Path file) {
        return new PropertiesFile(file);
    }

    /// All properties, by their keys. A file that is not there is empty.
    public Map<String, String> read() throws IOException {
        var values = new LinkedHashMap<String, String>();
        for (String line : lines()) {
            property(line).ifPresent(each -> values.put(each.getKey(), each.getValue()));
        }
        return values;
    }

    /// Whether it is there, and others than its owner may read it; never where files have no such permissions.
    public boolean isOpenToOthers() {
        if (path == null || !path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return false;
        }
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
            return permissions.contains(PosixFilePermission.GROUP_READ)
                    || permissions.contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException _) {
            return false;
        }
    }

    /// Sets properties, or removes those whose value is null.
    public void change(Map<String, @Nullable String> changes) throws IOException {
        if (path == null) {
            throw new IOException("WSK_CONFIG_FILE is empty: it must name a file");
        }
        var left = new LinkedHashMap<>(changes);
        var lines = new ArrayList<String>();
        for (String line : lines()) {
            String key = property(line).map(Map.Entry::getKey).orElse("");
            if (!changes.containsKey(key)) {
                lines.add(line);
            } else if (left.containsKey(key)) {
                addProperty(lines, key, left.remove(key));
            }
        }
        left.forEach((key, value) -> addProperty(lines, key, value));
        write(path, lines);
    }

    private static void addProperty(List<String> lines, String key, @Nullable String value) {
        if (value != null) {
            lines.add(key + "=" + value);
        }
    }

    private List<String> lines() throws IOException {
        return path != null && Files.exists(path) ? Files.readAllLines(path, StandardCharsets.UTF_8) : List.of();
    }

    private static Optional<Map.Entry<String, String>> property(String line) {
        int comment = line.indexOf('#');
        String text = comment < 0 ? line : line.substring(0, comment);
        int equals = text.indexOf('=');
        return equals < 1
                ? Optional.empty()
                : Optional.of(Map.entry(
                        text.substring(0, equals).strip(),
                        text.substring(equals + 1).strip()));
    }

    /// A temporary file beside it, which the JDK creates for the owner alone, takes the old one's place at once.
    private static void write(Path path, List<String> lines) throws IOException {
        Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException("the folder of " + target + " does not exist");
        }
        try {
            write(folder, target, lines);
        } catch (FileSystemException e) {
            throw FileProblem.about(target, e);
        }
    }

    private static void write(Path folder, Path target, List<String> lines) throws IOException {
        Path temporary = Files.createTempFile(folder, ".wskprops", ".tmp");
        try {
            Files.write(temporary, lines, StandardCharsets.UTF_8);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /// The path, for people.
    @Override
    public String toString() {
        return path == null ? "(no file)" : path.toString();
    }
}
