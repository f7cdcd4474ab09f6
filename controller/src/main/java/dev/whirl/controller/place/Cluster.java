package dev.whirl.controller.place;

import dev.whirl.controller.place.RecentOutcomes.Outcome;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.message.Heartbeat;
import dev.whirl.model.message.InvokerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Knows the invokers, how well they do and what they carry, places invocations on them, and keeps calls waiting for a
/// moment when all are full. One lock guards all fields.
public final class Cluster {
    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);
    private static final Comparator<InvokerId> BY_NUMBER = Comparator.comparingInt(InvokerId::number);

    /// An invoker that is thought of otherwise than before.
    ///
    /// @param before null if it was not known
    private record Change(InvokerId invoker, @Nullable InvokerHealth before, InvokerHealth after) {}

    private final PlacementConfig config;
    private final Pools pools;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition sickness = lock.newCondition();
    private final SortedMap<InvokerId, InvokerLoad> loads = new TreeMap<>(BY_NUMBER);
    private int waiting;

    public Cluster(PlacementConfig config, InstantSource clock) {
        this(config, List.of(), clock);
    }

    /// @param ownImages images of the installation, which need not be pulled
    public Cluster(PlacementConfig config, List<String> ownImages, InstantSource clock) {
        this.config = config;
        this.pools = config.pools().withOwnImages(ownImages);
        this.clock = clock;
    }

    public void hear(Heartbeat heartbeat) {
        Instant now = clock.instant();
        Change change;
        lock.lock();
        try {
            InvokerLoad known = loads.get(heartbeat.invoker());
            if (known == null) {
                var load = new InvokerLoad(heartbeat, now);
                loads.put(heartbeat.invoker(), load);
                change = new Change(heartbeat.invoker(), null, load.health());
            } else {
                InvokerHealth before = known.health();
                known.hear(heartbeat, now);
                change = new Change(heartbeat.invoker(), before, known.health());
            }
            wake();
        } finally {
            lock.unlock();
        }
        tell(change);
    }

    /// This invoker gave back what it has not begun: it gets no more before its next heartbeat.
    public void gaveBack(InvokerId invoker) {
        lock.lock();
        try {
            InvokerLoad load = loads.get(invoker);
            if (load != null) {
                load.gaveBack();
            }
        } finally {
            lock.unlock();
        }
    }

    /// An activation on this invoker is over: it counts for or against it (row I-14).
    public void ended(InvokerId invoker, Outcome outcome) {
        Instant now = clock.instant();
        Change change = null;
        lock.lock();
        try {
            InvokerLoad load = loads.get(invoker);
            if (load != null) {
                change = learn(invoker, load, new HealthEvent.Ended(outcome), now);
                if (change.before() instanceof InvokerHealth.Sick || change.after() instanceof InvokerHealth.Sick) {
                    wake();
                }
            }
        } finally {
            lock.unlock();
        }
        tell(change);
    }

    /// Waits until test actions are to be sent, at most so long, and takes note of invokers that have fallen silent.
    ///
    /// @return the invokers that are to be tested now; their next tests come later
    public List<InvokerId> awaitTests(Duration longest) throws InterruptedException {
        var changes = new ArrayList<Change>();
        List<InvokerId> due;
        lock.lockInterruptibly();
        try {
            long nanos = longest.toNanos();
            due = takeDue(changes);
            while (due.isEmpty() && changes.isEmpty() && nanos > 0) {
                nanos = sickness.awaitNanos(nanos);
                due = takeDue(changes);
            }
        } finally {
            lock.unlock();
        }
        changes.forEach(Cluster::tell);
        return due;
    }

    /// Counts a place as taken on this invoker, whether it takes work or not; [#free] gives it back.
    public void occupy(InvokerId invoker, PlacementRequest request) {
        lock.lock();
        try {
            InvokerLoad load = loads.get(invoker);
            if (load != null) {
                load.take(request.action(), request.shareBytes());
            }
        } finally {
            lock.unlock();
        }
    }

    /// Finds a place and counts it as taken; waits for one while the configured patience lasts.
    public Placement reserve(PlacementRequest request) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Placement first = tryReserve(request);
            return first instanceof Placement.NoCapacity && waiting < config.waiting()
                    ? waitFor(request, first)
                    : first;
        } finally {
            lock.unlock();
        }
    }

    /// Finds a place and counts it as taken, if there is one at this moment.
    public Placement reserveNow(PlacementRequest request) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            return tryReserve(request);
        } finally {
            lock.unlock();
        }
    }

    /// Where an invocation would go now, if no invoker has or starts a sandbox of its action yet. Takes nothing.
    public Optional<InvokerId> firstPlace(PlacementRequest request) {
        lock.lock();
        try {
            ClusterView view = view(request.action());
            boolean isKnown = view.invokers().stream().anyMatch(InvokerView::knowsAction);
            return !isKnown && Placement.decide(view, request) instanceof Placement.On(InvokerId invoker)
                    ? Optional.of(invoker)
                    : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /// Gives a place back that [#reserve] took.
    public void free(InvokerId invoker, PlacementRequest request) {
        lock.lock();
        try {
            InvokerLoad load = loads.get(invoker);
            if (load != null) {
                load.free(request.action(), request.shareBytes());
            }
            if (waiting > 0) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Of what was placed here others will hear the end: it counts until the invoker's heartbeat counts it.
    public void handedOn(InvokerId invoker, PlacementRequest request) {
        lock.lock();
        try {
            InvokerLoad load = loads.get(invoker);
            if (load != null) {
                load.handedOn(request.action());
            }
        } finally {
            lock.unlock();
        }
    }

    /// How many calls wait for room.
    public int waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    /// How many places are taken for calls of which this controller will hear the end.
    public int taken() {
        lock.lock();
        try {
            return loads.values().stream().mapToInt(InvokerLoad::inFlight).sum();
        } finally {
            lock.unlock();
        }
    }

    /// How many invokers take work.
    public int healthy() {
        lock.lock();
        try {
            Instant silentSince = clock.instant().minus(config.silence());
            return (int) loads.values().stream()
                    .filter(each -> each.takesWork(silentSince))
                    .count();
        } finally {
            lock.unlock();
        }
    }

    /// Whether this invoker lives, as far as is known: whether it said anything lately.
    public boolean isHeard(InvokerId invoker) {
        lock.lock();
        try {
            InvokerLoad load = loads.get(invoker);
            return load != null && !load.isSilent(clock.instant().minus(config.silence()));
        } finally {
            lock.unlock();
        }
    }

    /// The invokers that were heard of, and how each does.
    public SortedMap<InvokerId, InvokerHealth> health() {
        lock.lock();
        try {
            Instant silentSince = clock.instant().minus(config.silence());
            var health = new TreeMap<InvokerId, InvokerHealth>(BY_NUMBER);
            loads.forEach((id, load) -> health.put(id, load.health(silentSince)));
            return health;
        } finally {
            lock.unlock();
        }
    }

    /// How many invokers are in a state, by its word.
    public long count(String state) {
        return health().values().stream()
                .filter(each -> each.word().equals(state))
                .count();
    }

    /// How the invokers do, in a few words: what is wrong with a single one, or how many are in which state.
    public String summary() {
        SortedMap<InvokerId, InvokerHealth> all = health();
        if (all.isEmpty()) {
            return "none has reported yet";
        }
        if (all.size() == 1) {
            InvokerHealth only = all.firstEntry().getValue();
            return "%s is %s, %s".formatted(all.firstKey(), only.word(), only.reason());
        }
        return all.values().stream()
                .collect(Collectors.groupingBy(InvokerHealth::word, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(each -> each.getValue() + " " + each.getKey())
                .collect(Collectors.joining(", "));
    }

    private void wake() {
        changed.signalAll();
        sickness.signal();
    }

    private static Change learn(InvokerId invoker, InvokerLoad load, HealthEvent event, Instant now) {
        InvokerHealth before = load.health();
        load.learn(event, now);
        return new Change(invoker, before, load.health());
    }

    private List<InvokerId> takeDue(List<Change> changes) {
        Instant now = clock.instant();
        Instant silentSince = now.minus(config.silence());
        var due = new ArrayList<InvokerId>();
        loads.forEach((id, load) -> {
            if (load.isSilent(silentSince) && !(load.health() instanceof InvokerHealth.Down)) {
                changes.add(learn(id, load, new HealthEvent.Silence(), now));
            } else if (load.health() instanceof InvokerHealth.Sick sick
                    && !sick.plan().dueAt().isAfter(now)) {
                due.add(id);
                load.learn(new HealthEvent.TestSent(), now);
            }
        });
        return due;
    }

    private static void tell(@Nullable Change change) {
        if (change == null) {
            return;
        }
        String before = change.before() == null ? "unknown" : change.before().word();
        if (!before.equals(change.after().word())) {
            boolean isUp = change.after() instanceof InvokerHealth.Up;
            LOG.atLevel(level(change))
                    .addKeyValue("invoker", change.invoker())
                    .addKeyValue("before", before)
                    .addKeyValue("now", change.after().word())
                    .addKeyValue(
                            "reason",
                            isUp ? "it can run actions" : change.after().reason())
                    .log("an invoker is in another state");
        }
    }

    /// That one comes, or says itself that it goes, is as it should be.
    private static Level level(Change change) {
        boolean isMeant = change.after() instanceof InvokerHealth.Down(var _, boolean isSilent) && !isSilent;
        if (isMeant || change.before() == null) {
            return Level.DEBUG;
        }
        return change.after() instanceof InvokerHealth.Up ? Level.INFO : Level.WARN;
    }

    private Placement waitFor(PlacementRequest request, Placement first) throws InterruptedException {
        Placement placement = first;
        long nanos = config.patience().toNanos();
        waiting++;
        try {
            while (placement instanceof Placement.NoCapacity && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
                placement = tryReserve(request);
            }
            return placement;
        } finally {
            waiting--;
        }
    }

    private Placement tryReserve(PlacementRequest request) {
        Placement placement = Placement.decide(view(request.action()), request);
        if (placement instanceof Placement.On(InvokerId invoker)) {
            InvokerLoad load = loads.get(invoker);
            if (load != null) {
                load.take(request.action(), request.shareBytes());
            }
        }
        return placement;
    }

    private ClusterView view(EntityId action) {
        Instant silentSince = clock.instant().minus(config.silence());
        List<InvokerView> views = new ArrayList<>(loads.size());
        for (InvokerLoad each : loads.values()) {
            if (each.takesWork(silentSince)) {
                views.add(each.view(action, config.inFlightPerInvoker()));
            }
        }
        return new ClusterView(views, pools);
    }
}
