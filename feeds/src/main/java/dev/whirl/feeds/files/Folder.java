package dev.whirl.feeds.files;

import dev.whirl.feeds.feed.Feed;
import dev.whirl.feeds.stream.SourceException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The files directly in a folder of this machine. One that is being written is not listed before it rests.
public final class Folder implements Listing {
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration REST = Duration.ofSeconds(1);

    private final Path path;
    private final InstantSource clock;

    Folder(Path path, InstantSource clock) {
        this.path = path;
        this.clock = clock;
    }

    public static FilesSource open(Feed.Folder feed) {
        return new FilesSource(new Folder(feed.path(), InstantSource.system()), EVERY);
    }

    @Override
    public List<FoundFile> list() throws SourceException {
        Instant newest = clock.instant().minus(REST);
        var found = new ArrayList<FoundFile>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (Path each : entries) {
                BasicFileAttributes about = attributes(each);
                if (about != null && about.isRegularFile()) {
                    Instant modified = about.lastModifiedTime().toInstant();
                    if (!modified.isAfter(newest)) {
                        found.add(new FoundFile(String.valueOf(each.getFileName()), about.size(), modified, ""));
                    }
                }
                if (found.size() > MOST) {
                    throw Listing.tooMany(path.toString());
                }
            }
        } catch (IOException e) {
            throw new SourceException("The folder %s can't be read.".formatted(path), false);
        }
        return found;
    }

    /// @return null if it is gone by now
    private static @org.jspecify.annotations.Nullable BasicFileAttributes attributes(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public void close() {}
}
