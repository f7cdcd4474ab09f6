package dev.whirl.controller.place;

import dev.whirl.model.entity.EntityId;
import dev.whirl.model.message.Heartbeat;
import dev.whirl.model.message.InvokerId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Knows the invokers and what they carry, places invocations on them, and keeps calls waiting for a moment
/// when all are full. One lock guards all fields.
public final class Cluster {
    private final PlacementConfig config;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<InvokerId, InvokerLoad> loads = new HashMap<>();
    private int waiting;

    public Cluster(PlacementConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    public void hear(Heartbeat heartbeat) {
        Instant now = clock.instant();
        lock.lock();
        try {
            InvokerLoad known = loads.get(heartbeat.invoker());
            if (known == null) {
                loads.put(heartbeat.invoker(), new InvokerLoad(heartbeat, now));
            } else {
                known.hear(heartbeat, now);
            }
            changed.signalAll();
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

    /// How many calls wait for room.
    public int waiting() {
        lock.lock();
        try {
            return waiting;
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

    /// The invokers that were heard of, and whether each takes work.
    public Map<InvokerId, Boolean> states() {
        lock.lock();
        try {
            Instant silentSince = clock.instant().minus(config.silence());
            var states = new HashMap<InvokerId, Boolean>();
            loads.forEach((id, load) -> states.put(id, load.takesWork(silentSince)));
            return states;
        } finally {
            lock.unlock();
        }
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
        return new ClusterView(views);
    }
}
