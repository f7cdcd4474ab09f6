package dev.whirl.feeds.stream;

import dev.whirl.model.entity.NamespaceName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Places for sources that are open: only so many in one process, and fewer of one namespace. Where there are too few,
/// whoever waits whose namespace has fewest goes first, and gets the place of one whose namespace has more; equals take
/// turns. So a namespace with many streams delays its own, and nobody waits for ever. The monitor guards all fields.
final class OpenStreams {
    /// How long a place is kept from those whose namespace has as many.
    static final Duration TURN = Duration.ofMinutes(1);

    private final int most;
    private final int mostOfOne;
    private final InstantSource clock;

    /// Places of each namespace, without those that are promised.
    private final Map<NamespaceName, Integer> counts = new HashMap<>();

    /// In the order in which they came.
    private final List<Waiter> waiting = new ArrayList<>();

    private int taken;
    private int promised;

    /// @param most of all namespaces together
    OpenStreams(int most, int mostOfOne, InstantSource clock) {
        this.most = most;
        this.mostOfOne = mostOfOne;
        this.clock = clock;
    }

    /// For one source; close it once.
    final class Place implements AutoCloseable {
        private final NamespaceName namespace;
        private final Instant since;
        private boolean isPromised;

        private Place(NamespaceName namespace, Instant since) {
            this.namespace = namespace;
            this.since = since;
        }

        /// Whether somebody else should have it: then close it at once.
        boolean isWanted() {
            return promise(this);
        }

        @Override
        public void close() {
            give(this);
        }
    }

    private static final class Waiter {
        private final NamespaceName namespace;

        Waiter(NamespaceName namespace) {
            this.namespace = namespace;
        }
    }

    /// Waits until there is one.
    ///
    /// @param onWaiting called before it waits
    Place take(NamespaceName namespace, Runnable onWaiting) throws InterruptedException {
        Optional<Place> free = tryTake(namespace);
        if (free.isPresent()) {
            return free.get();
        }
        onWaiting.run();
        return await(namespace);
    }

    synchronized int open() {
        return taken;
    }

    synchronized int waiting() {
        return waiting.size();
    }

    private synchronized Optional<Place> tryTake(NamespaceName namespace) {
        return hasRoom(namespace) && waiting.stream().noneMatch(each -> hasRoom(each.namespace))
                ? Optional.of(placed(namespace))
                : Optional.empty();
    }

    private synchronized Place await(NamespaceName namespace) throws InterruptedException {
        var waiter = new Waiter(namespace);
        waiting.add(waiter);
        try {
            while (!isNext(waiter)) {
                wait();
            }
            return placed(namespace);
        } finally {
            waiting.remove(waiter);
            notifyAll(); // somebody else is the next
        }
    }

    private boolean isNext(Waiter waiter) {
        return waiting.stream()
                .filter(each -> hasRoom(each.namespace))
                .min(Comparator.comparingInt(each -> count(each.namespace)))
                .filter(waiter::equals)
                .isPresent();
    }

    private boolean hasRoom(NamespaceName namespace) {
        return taken < most && count(namespace) < mostOfOne;
    }

    private int count(NamespaceName namespace) {
        return counts.getOrDefault(namespace, 0);
    }

    private Place placed(NamespaceName namespace) {
        taken++;
        counts.merge(namespace, 1, Integer::sum);
        return new Place(namespace, clock.instant());
    }

    private synchronized boolean promise(Place place) {
        if (!place.isPromised
                && waiting.stream().filter(each -> isBefore(each, place)).count() > promised) {
            place.isPromised = true;
            promised++;
            leave(place.namespace);
        }
        return place.isPromised;
    }

    /// Whether one who waits should rather have a place.
    private boolean isBefore(Waiter waiter, Place place) {
        boolean isOfSame = waiter.namespace.equals(place.namespace);
        if (!isOfSame && count(waiter.namespace) >= mostOfOne) {
            return false;
        }
        int more = count(place.namespace) - count(waiter.namespace);
        boolean hadItsTurn = !clock.instant().isBefore(place.since.plus(TURN));
        return more > 1 || (more >= 0 && hadItsTurn);
    }

    private synchronized void give(Place place) {
        taken--;
        if (place.isPromised) {
            promised--;
        } else {
            leave(place.namespace);
        }
        notifyAll();
    }

    private void leave(NamespaceName namespace) {
        counts.computeIfPresent(namespace, (_, count) -> count > 1 ? count - 1 : null);
    }
}
