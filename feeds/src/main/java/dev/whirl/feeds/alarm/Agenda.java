package dev.whirl.feeds.alarm;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Which alarm is to be looked at when, the soonest first. Each is in it once at most. The monitor guards all fields.
final class Agenda {
    private static final Duration STEP_BACK = Duration.ofMinutes(1);

    private record Entry(Instant at, long number, TimedRun run) {}

    private final TreeSet<Entry> entries =
            new TreeSet<>(Comparator.comparing(Entry::at).thenComparingLong(Entry::number));
    private final Map<TimedRun, Entry> byRun = new HashMap<>();
    private long number;
    private Instant latest = Instant.MIN;

    /// @return whether it is the soonest now
    synchronized boolean put(TimedRun run, Instant at) {
        remove(run);
        var entry = new Entry(at, number++, run);
        entries.add(entry);
        byRun.put(run, entry);
        return entries.first().equals(entry);
    }

    synchronized void remove(TimedRun run) {
        Entry entry = byRun.remove(run);
        if (entry != null) {
            entries.remove(entry);
        }
    }

    synchronized Optional<Instant> first() {
        return entries.isEmpty()
                ? Optional.empty()
                : Optional.of(entries.first().at());
    }

    /// Takes out all that are due; all there are if the clock went back, because their times are of the clock as it
    /// was.
    synchronized List<TimedRun> take(Instant now) {
        boolean wentBack = now.plus(STEP_BACK).isBefore(latest);
        latest = now;
        var due = new ArrayList<TimedRun>();
        while (!entries.isEmpty() && (wentBack || !entries.first().at().isAfter(now))) {
            TimedRun run = entries.removeFirst().run();
            byRun.remove(run);
            due.add(run);
        }
        return due;
    }

    synchronized int size() {
        return entries.size();
    }
}
