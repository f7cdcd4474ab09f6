package dev.whirl.feeds.files;

import dev.whirl.feeds.stream.Source;
import dev.whirl.feeds.stream.SourceException;
import dev.whirl.model.json.RawJson;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Files that appear at a place, or change there: some in each firing. The place is looked at again and again.
public final class FilesSource implements Source {
    private static final int MOST_IN_A_BATCH = 100;

    private final Listing listing;
    private final Duration every;
    private boolean isUpToDate;

    FilesSource(Listing listing, Duration every) {
        this.listing = listing;
        this.every = every;
    }

    @Override
    public RawJson begin() throws SourceException, InterruptedException {
        return FileMark.behind(listing.list()).toJson();
    }

    /// After a crash the same files are found again: they come in the order of their times.
    @Override
    public Optional<Batch> read(RawJson mark, @Nullable RawJson open) throws SourceException, InterruptedException {
        if (isUpToDate) {
            Thread.sleep(every);
        }
        FileMark from = FileMark.read(mark);
        List<FoundFile> present = listing.list();
        List<FoundFile> found = from.newOf(present);
        isUpToDate = found.size() <= MOST_IN_A_BATCH; // else there is more to do at once
        if (found.isEmpty()) {
            return Optional.empty();
        }
        List<FoundFile> first = found.stream().limit(MOST_IN_A_BATCH).toList();
        List<RawJson> files = first.stream().map(FoundFile::toJson).toList();
        return Optional.of(new Batch(
                RawJson.object("files", RawJson.array(files)),
                from.with(first, present).toJson()));
    }

    /// What may have been fired is found again, unless it is gone; then the next look that finds nothing settles it.
    @Override
    public boolean reaches(RawJson mark, RawJson open) {
        return FileMark.read(mark).has(FileMark.read(open));
    }

    @Override
    public void close() {
        listing.close();
    }
}
