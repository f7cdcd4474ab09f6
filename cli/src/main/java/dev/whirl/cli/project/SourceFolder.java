package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The folder that the names of files in a manifest are relative to.
///
/// @param fence what names must not lead out of: the repository that somebody else wrote; null for a project of the
/// user's own, which may name any file
public record SourceFolder(Path path, @Nullable Path fence) {
    /// A folder of the user's own.
    public static SourceFolder of(Path path) {
        return new SourceFolder(path, null);
    }

    /// What a name stands for, whether it is there or not. A name of something in the folder must not lead out of it
    /// over a link: whoever made the link chose what is sent.
    Path resolve(String name) {
        Path file = path.resolve(name);
        if (fence != null && (!file.normalize().startsWith(fence) || leadsOut(file, fence))) {
            throw CliException.usage("'%s' leads out of the repository".formatted(name));
        }
        if (fence == null && file.normalize().startsWith(path.normalize()) && leadsOut(file, path)) {
            throw CliException.usage(
                    "'%s' is a link to what lies outside of the project; name that itself".formatted(name));
        }
        return file;
    }

    /// Whether something in it lies in it really, and is no link to elsewhere.
    boolean holds(Path file) {
        return !leadsOut(file, path);
    }

    /// Refuses a link to what lies neither in this folder nor in the one that is packed: whoever made the link chose
    /// what is sent.
    void requireInside(Path link, Path packed) {
        if (leadsOut(link, fence == null ? path : fence) && (fence != null || leadsOut(link, packed))) {
            throw CliException.usage(
                    "'%s' is a link to what lies outside of the project; 'exclude' leaves it out, 'include' names files elsewhere"
                            .formatted(path.relativize(link)));
        }
    }

    private static boolean leadsOut(Path file, Path folder) {
        try {
            return Files.exists(file) && !file.toRealPath().startsWith(folder.toRealPath());
        } catch (NoSuchFileException _) {
            return false; // gone meanwhile, which whoever reads it tells
        } catch (IOException _) {
            return true;
        }
    }
}
