package dev.whirl.feeds.files;

import dev.whirl.feeds.feed.AllowedFolders;
import dev.whirl.feeds.feed.Feed;
import dev.whirl.feeds.feed.InvalidFeedException;
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
import org.jspecify.annotations.Nullable;

/// The files directly in a folder of this machine. One that is being written is not listed before it rests. Whoever
/// may write beside the folder could put a link in its place: where it really is, is looked up around each listing.
public final class Folder implements Listing {
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration REST = Duration.ofSeconds(1);

    private final Path path;
    private final AllowedFolders allowed;
    private final InstantSource clock;
    private @Nullable Path place;

    Folder(Path path, AllowedFolders allowed, InstantSource clock) {
        this.path = path;
        this.allowed = allowed;
        this.clock = clock;
    }

    public static FilesSource open(Feed.Folder feed, AllowedFolders allowed) {
        return new FilesSource(new Folder(feed.path(), allowed, InstantSource.system()), EVERY);
    }

    @Override
    public List<FoundFile> list() throws SourceException {
        Instant newest = clock.instant().minus(REST);
        var found = new ArrayList<FoundFile>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(place())) {
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
        place(); // else what was listed may be of another place
        return found;
    }

    /// Follows links.
    private Path place() throws SourceException {
        try {
            Path now = allowed.require(path);
            if (place != null && !now.equals(place)) {
                throw new SourceException("The folder %s is not where it was.".formatted(path), true);
            }
            place = now;
            return now;
        } catch (InvalidFeedException e) {
            throw new SourceException(e.sentence(), true);
        }
    }

    /// @return null if it is gone by now
    private static @Nullable BasicFileAttributes attributes(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public void close() {}
}
