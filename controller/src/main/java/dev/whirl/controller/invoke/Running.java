package dev.whirl.controller.invoke;

import dev.whirl.controller.access.InFlight;
import dev.whirl.controller.directory.CallableAction;
import dev.whirl.controller.place.Cluster;
import dev.whirl.controller.place.PlacementRequest;
import dev.whirl.controller.place.RecentOutcomes.Outcome;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.InvokerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// What was sent to invokers and has not come back.
///
/// | state   | event                   | next                                                   |
/// |---------|-------------------------|--------------------------------------------------------|
/// | –       | begin                   | Sent: counts in its namespace and on its invoker       |
/// | Sent    | answered                | Answered: counts on its invoker only                   |
/// | any     | freed, ended, overdue   | – : counts nowhere                                     |
/// | Sent    | handed on               | – : counts on its invoker until its next heartbeat     |
final class Running {
    /// @param invocation is kept to be sent elsewhere, should its invoker give it back
    private record Slot(
            InvokerId invoker,
            Invocation invocation,
            CallableAction action,
            Instant overdueAt,
            AtomicBoolean countsInNamespace) {
        PlacementRequest placement() {
            return action.placement();
        }

        String namespaceUuid() {
            return invocation.caller().namespace().uuid();
        }

        long bytes() {
            return invocation.arguments().sizeBytes();
        }
    }

    /// What an invoker gave back: it counts nowhere any more.
    record Unsent(Invocation invocation, CallableAction action) {}

    /// As I-12: twice the time limit and a minute more, then the place counts as free whatever became of it.
    private static final Duration SHORTEST_LIMIT = Duration.ofMinutes(1);

    private final ConcurrentHashMap<ActivationId, Slot> slots = new ConcurrentHashMap<>();
    /// The arguments of what was sent may take a quarter of the heap: more calls are refused (attack 20).
    private final long maxHeldBytes = Runtime.getRuntime().maxMemory() / 4;

    private final AtomicLong heldBytes = new AtomicLong();
    private final InFlight inFlight;
    private final Cluster cluster;

    private final InstantSource clock;

    Running(InFlight inFlight, Cluster cluster, InstantSource clock) {
        this.inFlight = inFlight;
        this.cluster = cluster;
        this.clock = clock;
    }

    /// Takes over the invocation's counts: its admission and its place.
    void begin(Invocation invocation, InvokerId invoker, CallableAction action) {
        Duration limit = action.action().limits().timeout();
        Duration longest = limit.compareTo(SHORTEST_LIMIT) < 0 ? SHORTEST_LIMIT : limit;
        Instant overdueAt = clock.instant().plus(longest.multipliedBy(2)).plus(SHORTEST_LIMIT);
        heldBytes.addAndGet(invocation.arguments().sizeBytes());
        var slot = new Slot(invoker, invocation, action, overdueAt, new AtomicBoolean(true));
        Slot before = slots.put(invocation.id(), slot);
        if (before != null) { // its invoker was lost before it had begun, and it was taken over here
            giveBack(before);
        }
    }

    /// Who pays for it, while that is known.
    Optional<String> namespaceUuid(ActivationId id) {
        return Optional.ofNullable(slots.get(id)).map(Slot::namespaceUuid);
    }

    /// What was sent and has not come back, by id.
    Map<ActivationId, EntityId> actions() {
        var all = new HashMap<ActivationId, EntityId>();
        slots.forEach((id, slot) -> all.put(id, slot.placement().action()));
        return all;
    }

    /// The outcome is known; the sandbox may still be busy with logs.
    void answered(ActivationId id) {
        Slot slot = slots.get(id);
        if (slot != null) {
            leaveNamespace(slot);
        }
    }

    /// Gives everything back of what was not sent after all.
    void freed(ActivationId id) {
        Slot slot = slots.remove(id);
        if (slot != null) {
            giveBack(slot);
        }
    }

    /// Forgets what was sent for another controller, which hears of its end.
    void handedOn(ActivationId id) {
        Slot slot = slots.remove(id);
        if (slot != null) {
            leave(slot);
            cluster.handedOn(slot.invoker(), slot.placement());
        }
    }

    /// As [#ended(ActivationId, InvokerId, Outcome)], where nobody but the invoker that it was sent to can be meant.
    void ended(ActivationId id, Outcome outcome) {
        Slot slot = slots.get(id);
        if (slot != null) {
            ended(id, slot.invoker(), outcome);
        }
    }

    /// Gives everything back; how it ended counts for or against the invoker that says so, which is another one than it
    /// was sent to if it was taken over meanwhile.
    void ended(ActivationId id, InvokerId by, Outcome outcome) {
        Slot slot = slots.remove(id);
        if (slot != null) {
            giveBack(slot);
            cluster.ended(by, outcome);
        }
    }

    /// Gives everything back of what its invoker did not begin.
    ///
    /// @return empty if it was sent elsewhere meanwhile, or is over
    Optional<Unsent> returned(ActivationId id, InvokerId invoker) {
        Slot slot = slots.get(id);
        if (slot == null || !slot.invoker().equals(invoker) || !slots.remove(id, slot)) {
            return Optional.empty();
        }
        giveBack(slot);
        return Optional.of(new Unsent(slot.invocation(), slot.action()));
    }

    private void giveBack(Slot slot) {
        leave(slot);
        cluster.free(slot.invoker(), slot.placement());
    }

    private void leave(Slot slot) {
        heldBytes.addAndGet(-slot.bytes());
        leaveNamespace(slot);
    }

    /// Frees what nobody spoke of for too long.
    ///
    /// @return what that was
    List<Invocation> freeOverdue() {
        Instant now = clock.instant();
        var freed = new ArrayList<Invocation>();
        for (Map.Entry<ActivationId, Slot> each : slots.entrySet()) {
            if (each.getValue().overdueAt().isBefore(now)) {
                ended(each.getKey(), Outcome.TIMEOUT);
                freed.add(each.getValue().invocation());
            }
        }
        return freed;
    }

    /// Whether there is memory for arguments of this size beside those that are held.
    boolean hasRoomFor(long bytes) {
        return heldBytes.get() + bytes <= maxHeldBytes;
    }

    int size() {
        return slots.size();
    }

    /// How many of them count in their namespaces.
    int inNamespaces() {
        return (int) slots.values().stream()
                .filter(each -> each.countsInNamespace().get())
                .count();
    }

    private void leaveNamespace(Slot slot) {
        if (slot.countsInNamespace().compareAndSet(true, false)) {
            inFlight.leave(slot.namespaceUuid());
        }
    }
}
