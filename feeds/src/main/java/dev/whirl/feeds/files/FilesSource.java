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

    /// The longest wait of one look: whoever is to leave is told between looks.
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final Listing listing;
    private final Duration every;
    private long nextLookAt = System.nanoTime();
    private boolean hasLooked;

    FilesSource(Listing listing, Duration every) {
        this.listing = listing;
        this.every = every;
    }

    @Override
    public RawJson begin() throws SourceException, InterruptedException {
        return FileMark.behind(listing.list()).toJson();
    }

    /// After a crash the same files are found again, and come first.
    @Override
    public Optional<Batch> read(RawJson mark, @Nullable RawJson open) throws SourceException, InterruptedException {
        hasLooked = isTimeToLook();
        if (!hasLooked) {
            return Optional.empty();
        }
        FileMark from = FileMark.read(mark);
        List<FoundFile> present = listing.list();
        List<FoundFile> found = from.newOf(present);
        if (found.isEmpty()) {
            nextLookAt = System.nanoTime() + every.toNanos();
            return Optional.empty();
        }
        FileMark underWay = open == null ? from : FileMark.read(open);
        List<FoundFile> again = underWay.knownOf(found);
        List<FoundFile> batch = (again.isEmpty() ? found : again)
                .stream().limit(MOST_IN_A_BATCH).toList();
        if (batch.size() == found.size()) { // else there is more to do at once
            nextLookAt = System.nanoTime() + every.toNanos();
        }
        return Optional.of(new Batch(
                RawJson.object(
                        "files",
                        RawJson.array(batch.stream().map(FoundFile::toJson).toList())),
                from.with(batch, present).toJson(),
                underWay.with(batch, present).toJson(),
                !again.isEmpty()));
    }

    /// Waits for the time of the next look, a moment at most.
    private boolean isTimeToLook() throws InterruptedException {
        long rest = nextLookAt - System.nanoTime();
        if (rest > 0) {
            Thread.sleep(Duration.ofNanos(Math.min(rest, LONGEST_WAIT.toNanos())));
        }
        return nextLookAt - System.nanoTime() <= 0;
    }

    /// A look shows all there is: what may have been fired and is not there now will not come again.
    @Override
    public Rest rest(RawJson mark, @Nullable RawJson open) {
        return new Rest(mark, hasLooked ? null : open);
    }

    @Override
    public boolean reaches(RawJson mark, RawJson open) {
        return FileMark.read(mark).has(FileMark.read(open));
    }

    @Override
    public void close() {
        listing.close();
    }
}
