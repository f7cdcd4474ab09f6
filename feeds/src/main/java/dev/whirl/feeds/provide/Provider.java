package dev.whirl.feeds.provide;

import dev.whirl.feeds.feed.FeedTrigger;
import dev.whirl.feeds.registry.FeedRegistry;
import dev.whirl.feeds.registry.FeedRegistry.Change;
import dev.whirl.feeds.registry.FeedRegistry.News;
import dev.whirl.model.entity.EntityId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Runs the feeds that belong to this process: it looks what changed and which feeds are its own, and starts and stops
/// what follows from that. The monitor guards all fields.
public final class Provider {
    private final FeedRegistry registry;
    private final Ownership ownership;
    private final Starter starter;
    private final Map<EntityId, FeedTrigger> known = new HashMap<>();
    private final Map<EntityId, Work> working = new HashMap<>();
    private @Nullable String mark;

    /// Begins work for feeds.
    public interface Starter {
        /// @param isOurs whether this provider may still fire it
        Running start(FeedTrigger trigger, BooleanSupplier isOurs);
    }

    private record Work(String generation, Running running) {}

    public Provider(FeedRegistry registry, Ownership ownership, Starter starter) {
        this.registry = registry;
        this.ownership = ownership;
        this.starter = starter;
    }

    /// One look. Call it again and again.
    ///
    /// @throws dev.whirl.store.StoreException if the store does not answer
    public synchronized void refresh() {
        ownership.refresh();
        News news = mark == null ? registry.all() : registry.since(mark);
        if (news.isAll()) {
            known.clear();
        }
        for (Change each : news.changes()) {
            FeedTrigger trigger = each.trigger();
            if (trigger == null) {
                known.remove(each.id());
            } else {
                known.put(each.id(), trigger);
            }
        }
        mark = news.mark();
        stopOthers();
        known.forEach(this::startIfOurs);
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
            FeedTrigger trigger = known.get(each.getKey());
            boolean isOver = trigger == null
                    || !trigger.status().isActive()
                    || !trigger.generation().equals(each.getValue().generation())
                    || !ownership.holds(Ownership.slot(each.getKey()));
            if (isOver) {
                each.getValue().running().close();
            }
            return isOver;
        });
    }

    private void startIfOurs(EntityId id, FeedTrigger trigger) {
        int slot = Ownership.slot(id);
        if (trigger.status().isActive() && !working.containsKey(id) && ownership.holds(slot)) {
            Running running = starter.start(trigger, () -> ownership.holds(slot));
            working.put(id, new Work(trigger.generation(), running));
        }
    }
}
