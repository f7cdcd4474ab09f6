package dev.whirl.cli.activation;

import dev.whirl.client.ActivationDocument;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Picks out of repeated lists what was not there before.
///
/// Records appear when activations end, so a later list can hold one that started before others already seen: each
/// question therefore reaches back some time before the newest start.
final class ActivationNews {
    private static final long REACH_MILLIS = 60_000;
    private static final int MAX_REMEMBERED = 10_000;

    private final long firstMillis;
    private final Set<String> seen = new LinkedHashSet<>();
    private long newestMillis;

    /// @param firstMillis what started earlier is of no interest
    ActivationNews(long firstMillis) {
        this.firstMillis = firstMillis;
        this.newestMillis = firstMillis;
    }

    /// From when on to ask next.
    long sinceMillis() {
        return Math.max(firstMillis, newestMillis - REACH_MILLIS);
    }

    /// What is new in a list that is ordered from new to old, from old to new.
    List<ActivationDocument> take(List<ActivationDocument> latest) {
        var fresh = new ArrayList<ActivationDocument>();
        for (ActivationDocument each : latest.reversed()) {
            newestMillis = Math.max(newestMillis, each.startMillis());
            if (seen.add(each.id())) {
                fresh.add(each);
            }
        }
        while (seen.size() > MAX_REMEMBERED) {
            seen.remove(seen.iterator().next());
        }
        return fresh;
    }
}
