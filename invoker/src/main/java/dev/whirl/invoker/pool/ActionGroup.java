package dev.whirl.invoker.pool;

import dev.whirl.invoker.pool.PoolDecision.For;
import dev.whirl.invoker.pool.SandboxState.Busy;
import dev.whirl.invoker.pool.SandboxState.Draining;
import dev.whirl.invoker.pool.SandboxState.Emptying;
import dev.whirl.invoker.pool.SandboxState.Idle;
import dev.whirl.invoker.pool.SandboxState.Inspecting;
import dev.whirl.invoker.pool.SandboxState.Paused;
import dev.whirl.invoker.pool.SandboxState.Pausing;
import dev.whirl.invoker.pool.SandboxState.Preparing;
import dev.whirl.invoker.pool.SandboxState.Prewarmed;
import dev.whirl.invoker.pool.SandboxState.Removing;
import dev.whirl.invoker.pool.SandboxState.Starting;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/// The sandboxes of one action, and the jobs that wait for a place in them, first come first served.
/// Guarded by the pool's lock.
final class ActionGroup {
    final ActionKey key;
    final ArrayDeque<Job> waiting = new ArrayDeque<>();
    final MovingAverage runs = new MovingAverage(0);

    /// What its first waiting job lacks; null if it lacks nothing but a place.
    @Nullable
    For lack;

    /// Under which number it stands among the hungry, if it lacks something.
    long hungrySince;

    /// Since when jobs have been waiting without a break, or the last start if that was later.
    long backlogSinceNanos;

    /// How many runs its sandboxes turned out to take at a time; 0 while no one knows.
    int placesKnown;

    /// Busy sandboxes with a free place, the one that was opened first at the front.
    private final LinkedHashSet<Slot> open = new LinkedHashSet<>();

    /// The one used last at the end.
    private final LinkedHashSet<Slot> idle = new LinkedHashSet<>();

    /// The one frozen last at the end.
    private final LinkedHashSet<Slot> paused = new LinkedHashSet<>();

    /// Sandboxes that serve it or will.
    private int sandboxes;

    private int starting;

    /// Sandboxes with runs in them.
    private int busy;

    /// Sandboxes that drain or are being closed.
    private int leaving;

    /// Places in sandboxes that have the code; those that nobody may take until a sandbox was looked over count too:
    /// they come sooner than a start would.
    private int servingPlaces;

    /// Places that come with sandboxes being initialized (all but that of the job in it) or frozen.
    private int preparingPlaces;

    final Profile profile;

    ActionGroup(ActionKey key, Profile profile) {
        this.key = key;
        this.profile = profile;
    }

    @Nullable
    Slot warmPlace() {
        if (!open.isEmpty()) {
            return open.getFirst();
        }
        if (!idle.isEmpty()) {
            return idle.getLast();
        }
        return paused.isEmpty() ? null : paused.getLast();
    }

    ActionLoad load() {
        Job first = waiting.peekFirst();
        int hoped = placesKnown == 0 && first != null ? first.demand().concurrency() : Math.max(1, placesKnown);
        int coming = starting * hoped + preparingPlaces;
        return new ActionLoad(sandboxes, servingPlaces, coming, waiting.size(), runs.value(), backlogSinceNanos);
    }

    /// Free places, for the heartbeat.
    int freePlaces() {
        int free = 0;
        for (Slot each : open) {
            free += each.places - (each.state instanceof Busy(var running) ? running : 0);
        }
        for (Slot each : idle) {
            free += each.places;
        }
        for (Slot each : paused) {
            free += each.places;
        }
        return free;
    }

    /// Whether a sandbox without work is only there for calls that overlap.
    boolean isSpare(Slot slot) {
        return busy > 0 || (sandboxes > 1 && warmPlace() != slot);
    }

    boolean isBusy() {
        return busy > 0;
    }

    boolean isEmpty() {
        return waiting.isEmpty() && sandboxes == 0 && leaving == 0;
    }

    /// How many serve it or will.
    int sandboxes() {
        return sandboxes;
    }

    /// What its last job wants to stay.
    KeptWarm keptWarm() {
        Demand last = profile.demand;
        return last == null ? KeptWarm.NONE : last.keptWarm();
    }

    boolean hasSandboxes() {
        return sandboxes > 0;
    }

    void enter(Slot slot) {
        count(slot, 1);
        switch (slot.state) {
            case Busy(var running) -> {
                if (running < slot.places) {
                    open.add(slot);
                }
            }
            case Idle _ -> idle.add(slot);
            case Paused _ -> paused.add(slot);
            case Starting _, Prewarmed _, Preparing _, Emptying _, Inspecting _, Pausing _, Draining _, Removing _ -> {}
        }
    }

    void leave(Slot slot) {
        count(slot, -1);
        switch (slot.state) {
            case Busy _ -> {
                if (slot.places > 1) {
                    open.remove(slot);
                }
            }
            case Idle _ -> idle.remove(slot);
            case Paused _ -> paused.remove(slot);
            case Starting _, Prewarmed _, Preparing _, Emptying _, Inspecting _, Pausing _, Draining _, Removing _ -> {}
        }
    }

    private void count(Slot slot, int sign) {
        switch (slot.state) {
            case Starting _ -> {
                starting += sign;
                sandboxes += sign;
            }
            case Preparing _ -> {
                preparingPlaces += sign * (slot.places - 1);
                sandboxes += sign;
            }
            case Pausing _ -> {
                preparingPlaces += sign * slot.places;
                sandboxes += sign;
            }
            case Busy _, Emptying _, Inspecting _ -> {
                busy += sign;
                servingPlaces += sign * slot.places;
                sandboxes += sign;
            }
            case Idle _, Paused _ -> {
                servingPlaces += sign * slot.places;
                sandboxes += sign;
            }
            case Draining _, Removing _ -> leaving += sign;
            case Prewarmed _ -> {}
        }
    }
}
