package dev.whirl.cli.activation;

import dev.whirl.client.ActivationDocument;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Picks out of repeated lists what was not there before.
///
/// Records appear when activations end and are listed by when they started, so that a later list
/// can hold one that started before others already seen. Each question therefore reaches back
/// before the newest start: most of them a little, and now and then one as far as any activation
/// may take.
final class ActivationNews {
    private static final long REACH_MILLIS = 60_000;

    /// Twice as long as OpenWhisk lets an action run, unless its operator allows more.
    private static final long LONG_REACH_MILLIS = 600_000;

    private static final int LONG_PAGES = 20;
    private static final int MAX_REMEMBERED = 20_000;

    private final long firstMillis;
    private final int questionsToLongOne;
    private final Set<String> seen = new LinkedHashSet<>();
    private long newestMillis;
    private int questions;

    /// What to ask.
    ///
    /// @param sinceMillis what started earlier is not asked for
    /// @param pages how many of the list, at most
    record Question(long sinceMillis, int pages) {}

    /// @param firstMillis what started earlier is of no interest
    /// @param questionsToLongOne each so-manieth question reaches far back
    ActivationNews(long firstMillis, int questionsToLongOne) {
        this.firstMillis = firstMillis;
        this.questionsToLongOne = questionsToLongOne;
        this.newestMillis = firstMillis;
    }

    Question next() {
        questions++;
        boolean isLong = questions % questionsToLongOne == 0;
        long reachMillis = isLong ? LONG_REACH_MILLIS : REACH_MILLIS;
        return new Question(Math.max(firstMillis, newestMillis - reachMillis), isLong ? LONG_PAGES : 1);
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
