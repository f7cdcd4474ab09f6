package dev.whirl.feeds.registry;

import dev.whirl.feeds.feed.FeedSign;
import dev.whirl.feeds.registry.FeedRegistry.Change;
import dev.whirl.feeds.registry.FeedRegistry.News;
import dev.whirl.model.entity.EntityId;
import dev.whirl.store.Revision;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The signs of all feeds, as they were at the last look: the first look reads all, the next ones what changed. Used by
/// one thread at a time.
public final class KnownFeeds {
    private final FeedRegistry registry;
    private final Map<EntityId, FeedSign> signs = new HashMap<>();

    /// What was written, and the store did not show so yet: each look looks for it again. Who takes it for gone, or for
    /// what it was before, would never hear of it any more.
    private Map<EntityId, Revision> unseen = Map.of();

    private @Nullable String mark;

    public KnownFeeds(FeedRegistry registry) {
        this.registry = registry;
    }

    /// @throws dev.whirl.store.StoreException if the store does not answer; nothing is lost: the next look
    /// sees what this one would have seen
    public void refresh() {
        News news = mark == null ? registry.all() : registry.since(mark, unseen);
        if (news.isAll()) {
            signs.clear();
        }
        news.changes().forEach(this::take);
        unseen = news.unseen();
        mark = news.mark();
    }

    private void take(Change change) {
        FeedSign sign = change.sign();
        if (sign == null) {
            signs.remove(change.id());
        } else {
            signs.put(change.id(), sign);
        }
    }

    /// As they are until the next look.
    public Map<EntityId, FeedSign> signs() {
        return Collections.unmodifiableMap(signs);
    }

    /// Leaves one out until it is changed.
    public void forget(EntityId feed) {
        signs.remove(feed);
    }
}
