package dev.whirl.store;

import dev.whirl.store.KeyedDocuments.Change;
import dev.whirl.store.KeyedDocuments.Changes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// Which documents were written lately, in memory: for stores that only this process writes. Each id is there once,
/// with the number of its last write; of too many the oldest are forgotten. The monitor guards all fields.
public final class RecentWrites {
    /// The mark before the first write.
    public static final String BEGINNING = "0";

    private static final int MOST = 100_000;

    private final int most;
    private final TreeMap<Long, String> byNumber = new TreeMap<>();
    private final Map<String, Long> byId = new HashMap<>();
    private long count;
    private long forgotten;

    /// @param last number of what is told, or where there was nothing to tell
    private record Newer(List<String> ids, long last) {}

    public RecentWrites() {
        this(MOST);
    }

    /// @param most ids that are remembered
    RecentWrites(int most) {
        this.most = most;
    }

    /// @return the number of this write
    public synchronized long note(String id) {
        count++;
        Long before = byId.put(id, count);
        if (before != null) {
            byNumber.remove(before);
        }
        byNumber.put(count, id);
        if (byNumber.size() > most) {
            forgotten = byNumber.firstKey();
            String oldest = byNumber.remove(forgotten);
            byId.remove(String.valueOf(oldest));
        }
        return count;
    }

    public synchronized String mark() {
        return Long.toString(count);
    }

    /// @param now the revision of a document by its id; empty if it is not there. It may take its time:
    /// writes go on
    /// @return empty if it is not known any more what was written since
    public Optional<Changes> since(String mark, int limit, Function<String, Optional<Revision>> now) {
        return newer(Long.parseLong(mark), limit).map(newer -> {
            List<Change> changes = newer.ids().stream()
                    .map(id -> new Change(id, now.apply(id).orElse(null)))
                    .toList();
            return new Changes(changes, Long.toString(newer.last()));
        });
    }

    private synchronized Optional<Newer> newer(long from, int limit) {
        if (from < forgotten) {
            return Optional.empty();
        }
        List<Map.Entry<Long, String>> newer =
                byNumber.tailMap(from, false).entrySet().stream().limit(limit).toList();
        long last = newer.isEmpty() ? from : newer.getLast().getKey();
        return Optional.of(new Newer(newer.stream().map(Map.Entry::getValue).toList(), last));
    }
}
