package dev.whirl.controller.place;

import dev.whirl.model.entity.EntityId;
import dev.whirl.model.message.Heartbeat;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// What is known of one invoker: its last heartbeat, how it is thought of, and what this controller sent to it and got
/// back since. Guarded by the lock of [Cluster].
final class InvokerLoad {
    private Heartbeat heartbeat;
    private InvokerView.Traits traits;
    private Instant heardAt;
    private InvokerHealth health;
    private boolean hasGivenBack;
    private int inFlight;
    private final Map<EntityId, Integer> inFlightByAction = new HashMap<>();
    private long takenSinceBytes;
    private final Map<EntityId, Integer> takenSinceByAction = new HashMap<>();

    InvokerLoad(Heartbeat heartbeat, Instant now) {
        this.heartbeat = heartbeat;
        this.traits = InvokerView.Traits.of(heartbeat);
        this.heardAt = now;
        this.health = InvokerHealth.first(beat(heartbeat), now);
    }

    void hear(Heartbeat next, Instant now) {
        heartbeat = next;
        traits = InvokerView.Traits.of(next);
        heardAt = now;
        hasGivenBack = false;
        takenSinceBytes = 0;
        takenSinceByAction.clear();
        health = InvokerHealth.next(health, beat(next), now);
    }

    /// It gave something back: until it says how it stands, it would give back more.
    void gaveBack() {
        hasGivenBack = true;
    }

    /// Something came to light that no heartbeat told.
    void learn(HealthEvent event, Instant now) {
        health = InvokerHealth.next(health, event, now);
    }

    /// As it is at this moment, whether its silence was taken note of or not.
    InvokerHealth health(Instant silentSince) {
        return isSilent(silentSince) ? InvokerHealth.next(health, new HealthEvent.Silence(), silentSince) : health;
    }

    /// What was taken note of last.
    InvokerHealth health() {
        return health;
    }

    boolean isSilent(Instant silentSince) {
        return !heardAt.isAfter(silentSince);
    }

    boolean takesWork(Instant silentSince) {
        return health instanceof InvokerHealth.Up && heardAt.isAfter(silentSince) && !hasGivenBack;
    }

    int inFlight() {
        return inFlight;
    }

    void take(EntityId action, long shareBytes) {
        add(action, shareBytes, 1);
    }

    void free(EntityId action, long shareBytes) {
        add(action, -shareBytes, -1);
    }

    /// No word of its end will come; until the next heartbeat, which counts it, its share stays taken.
    void handedOn(EntityId action) {
        inFlight--;
        inFlightByAction.merge(action, -1, InvokerLoad::sumOrNothing);
    }

    InvokerView view(EntityId action, int maxInFlight) {
        Integer warm = heartbeat.warm().get(action);
        int taken = takenSinceByAction.getOrDefault(action, 0);
        return new InvokerView(
                heartbeat.invoker(),
                heartbeat.freeMemory().bytes() - takenSinceBytes,
                Math.max(0, (warm == null ? 0 : warm) - taken),
                warm != null || inFlightByAction.containsKey(action),
                inFlight,
                maxInFlight,
                traits);
    }

    private static HealthEvent.Beat beat(Heartbeat heartbeat) {
        return new HealthEvent.Beat(!heartbeat.isDraining(), heartbeat.traits().isProven());
    }

    private void add(EntityId action, long bytes, int count) {
        inFlight += count;
        takenSinceBytes += bytes;
        inFlightByAction.merge(action, count, InvokerLoad::sumOrNothing);
        takenSinceByAction.merge(action, count, InvokerLoad::sumOrNothing);
    }

    @SuppressWarnings("NullAway") // null removes the entry
    private static Integer sumOrNothing(Integer a, Integer b) {
        return a + b == 0 ? null : Integer.valueOf(a + b);
    }
}
