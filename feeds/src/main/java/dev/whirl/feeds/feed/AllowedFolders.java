package dev.whirl.feeds.feed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// Which folders of this machine feeds may watch: those that whoever runs the platform lists, and what is in them.
public record AllowedFolders(List<Path> folders) {
    public AllowedFolders {
        folders = List.copyOf(folders);
    }

    /// @param text full paths with commas between
    public static AllowedFolders parse(String text) {
        return new AllowedFolders(Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .map(Path::of)
                .toList());
    }

    /// Follows links: what counts is where a folder really is.
    ///
    /// @return where it is now
    /// @throws InvalidFeedException 403 if it is not allowed, or not there
    public Path require(Path folder) throws InvalidFeedException {
        try {
            Path real = folder.toRealPath();
            for (Path each : folders) {
                if (real.startsWith(each.toRealPath())) {
                    return real;
                }
            }
        } catch (IOException _) {
            // told below, in the same words: a user must not learn which folders there are
        }
        throw new InvalidFeedException(
                403,
                "Feeds may not watch %s here: whoever runs the platform can allow it (feeds.allowed-folders)."
                        .formatted(folder));
    }
}
