package dev.whirl.feeds.feed;

import dev.whirl.model.json.RawJson;
import java.util.Collections;
import java.util.Set;
import java.util.UUID;

/// Where a stream began: which source it reads, and how far that was then.
///
/// @param id another one for another source: how far the feed is counts for this id only
/// @param names by each of which the source is known
/// @param mark behind what had happened at the source
public record Origin(String id, Set<String> names, RawJson mark) {
    public Origin {
        names = Set.copyOf(names);
    }

    /// A source as it is now.
    public static Origin of(Set<String> names, RawJson mark) {
        return new Origin(UUID.randomUUID().toString(), names, mark);
    }

    /// Whether both are the same source, maybe at different times.
    public boolean isSameSource(Origin other) {
        return !Collections.disjoint(names, other.names);
    }

    public Origin withNames(Set<String> now) {
        return new Origin(id, now, mark);
    }
}
