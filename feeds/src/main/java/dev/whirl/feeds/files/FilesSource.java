package dev.whirl.feeds.files;

import dev.whirl.feeds.stream.Source;
import dev.whirl.feeds.stream.SourceException;
import dev.whirl.model.json.RawJson;
import java.time.Duration;
import java.util.ArrayList;
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
        List<FoundFile> found = from.newOf(listing.list());
        isUpToDate = found.size() <= MOST_IN_A_BATCH; // else there is more to do at once
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var files = new ArrayList<RawJson>();
        FileMark next = from;
        for (FoundFile each : found.stream().limit(MOST_IN_A_BATCH).toList()) {
            files.add(each.toJson());
            next = next.with(each);
        }
        return Optional.of(new Batch(RawJson.object("files", RawJson.array(files)), next.toJson()));
    }

    /// What may have been fired are the first of those that are found again.
    @Override
    public boolean reaches(RawJson mark, RawJson open) {
        return !FileMark.read(mark).until().isBefore(FileMark.read(open).until());
    }

    @Override
    public void close() {
        listing.close();
    }
}
