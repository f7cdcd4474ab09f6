package dev.whirl.feeds.manage;

import dev.whirl.feeds.feed.FeedSign;
import dev.whirl.feeds.registry.FeedRegistry;
import dev.whirl.feeds.registry.KnownFeeds;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.NamespaceName;
import java.util.HashMap;
import java.util.Map;

/// How many feeds there are and whose. The monitor guards [#known].
final class FeedCensus {
    private final KnownFeeds known;

    FeedCensus(FeedRegistry registry) {
        this.known = new KnownFeeds(registry);
    }

    /// What is to be known before one more is made.
    ///
    /// @param feeds of the namespace
    /// @param streams of the namespace: feeds that read another server or a folder
    /// @param reading of the namespace: streams that are not stopped
    /// @param allReading of all namespaces
    /// @param readers namespaces that have such, this one included
    /// @param isReading whether the feed that is left out is a stream that is not stopped
    record Count(long feeds, long streams, long reading, long allReading, long readers, boolean isReading) {}

    /// As it is now, one feed left out.
    ///
    /// @throws dev.whirl.store.StoreException if the store does not answer
    synchronized Count without(EntityId one) {
        known.refresh();
        NamespaceName namespace = one.namespace();
        long feeds = 0;
        long streams = 0;
        var reading = new HashMap<NamespaceName, Long>();
        for (Map.Entry<EntityId, FeedSign> each : known.signs().entrySet()) {
            NamespaceName owner = each.getKey().namespace();
            FeedSign sign = each.getValue();
            if (each.getKey().equals(one)) {
                continue;
            }
            if (owner.equals(namespace)) {
                feeds++;
                streams += sign.kind().isStream() ? 1 : 0;
            }
            if (isReading(sign)) {
                reading.merge(owner, 1L, Long::sum);
            }
        }
        FeedSign self = known.signs().get(one);
        boolean isReading = self != null && isReading(self);
        long own = reading.getOrDefault(namespace, 0L);
        long all = reading.values().stream().mapToLong(Long::longValue).sum();
        return new Count(feeds, streams, own, all, reading.size() + (own == 0 ? 1 : 0), isReading);
    }

    /// How large the documents of a namespace are.
    ///
    /// @param all of them together, in bytes
    /// @param one of them; zero if it is not there
    record Sizes(long all, long one) {}

    /// As they are now.
    ///
    /// @throws dev.whirl.store.StoreException if the store does not answer
    synchronized Sizes sizes(EntityId one) {
        known.refresh();
        long all = known.signs().entrySet().stream()
                .filter(each -> each.getKey().namespace().equals(one.namespace()))
                .mapToLong(each -> each.getValue().bytes())
                .sum();
        FeedSign self = known.signs().get(one);
        return new Sizes(all, self == null ? 0 : self.bytes());
    }

    private static boolean isReading(FeedSign sign) {
        return sign.kind().isStream() && sign.isActive();
    }
}
