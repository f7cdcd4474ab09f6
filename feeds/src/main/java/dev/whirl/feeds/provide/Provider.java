package dev.whirl.feeds.provide;

import dev.whirl.feeds.feed.FeedSign;
import dev.whirl.feeds.feed.FeedTrigger;
import dev.whirl.feeds.registry.FeedRegistry;
import dev.whirl.feeds.registry.KnownFeeds;
import dev.whirl.model.entity.EntityId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/// Runs the feeds that belong to this process: it looks what changed and which feeds are its own, and starts and stops
/// what follows from that. Of the feeds of others it knows the signs alone: all together may be more than fits into
/// memory. The monitor guards all fields.
public final class Provider {
    private final FeedRegistry registry;
    private final Ownership ownership;
    private final Starter starter;
    private final KnownFeeds known;
    private final Map<EntityId, Work> working = new HashMap<>();

    /// Begins work for feeds.
    public interface Starter {
        /// @param isOurs whether this provider may still fire it
        Running start(FeedTrigger trigger, BooleanSupplier isOurs);
    }

    private record Work(String generation, Running running) {}

    public Provider(FeedRegistry registry, Ownership ownership, Starter starter) {
        this.registry = registry;
        this.known = new KnownFeeds(registry);
        this.ownership = ownership;
        this.starter = starter;
    }

    /// One look. Call it again and again.
    ///
    /// @throws dev.whirl.store.StoreException if the store does not answer
    public synchronized void refresh() {
        ownership.refresh();
        known.refresh();
        stopOthers();
        startOurs();
    }

    /// How many feeds this process looks after.
    public synchronized int count() {
        return working.size();
    }

    /// Stops all work and gives it to others.
    public synchronized void close() {
        working.values().forEach(each -> each.running().close());
        working.clear();
        ownership.release();
    }

    private void stopOthers() {
        working.entrySet().removeIf(each -> {
            FeedSign sign = known.signs().get(each.getKey());
            boolean isOver = sign == null
                    || !sign.isActive()
                    || !sign.generation().equals(each.getValue().generation())
                    || !ownership.holds(Ownership.slot(each.getKey()));
            if (isOver) {
                each.getValue().running().close();
            }
            return isOver;
        });
    }

    /// What the store does not show may be gone, or show up in a moment: a change tells which, and the next look tries
    /// again.
    private void startOurs() {
        Set<EntityId> idle = known.signs().entrySet().stream()
                .filter(each -> each.getValue().isActive() && isToStart(each.getKey()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        registry.read(idle, this::start).forEach(known::forget); // what can't be read stands still until it is changed
    }

    private boolean isToStart(EntityId id) {
        return !working.containsKey(id) && ownership.holds(Ownership.slot(id));
    }

    /// A feed that was changed since its sign was read starts as it is now; the next look tells the same.
    private void start(FeedTrigger trigger) {
        EntityId id = trigger.trigger();
        if (trigger.status().isActive() && isToStart(id)) {
            int slot = Ownership.slot(id);
            working.put(id, new Work(trigger.generation(), starter.start(trigger, () -> ownership.holds(slot))));
        }
    }
}
