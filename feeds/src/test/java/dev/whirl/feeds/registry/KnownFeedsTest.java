package dev.whirl.feeds.registry;

import static dev.whirl.feeds.Examples.NOON;
import static dev.whirl.feeds.Examples.feed;
import static dev.whirl.feeds.Examples.trigger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.feeds.LaggingDocuments;
import dev.whirl.feeds.feed.FeedKind;
import dev.whirl.feeds.feed.FeedSign;
import dev.whirl.feeds.feed.FeedStatus;
import dev.whirl.feeds.feed.FeedTrigger;
import dev.whirl.store.KeyedDocuments;
import dev.whirl.store.KeyedDocuments.Stored;
import dev.whirl.store.StoreException;
import dev.whirl.store.memory.MemoryStores;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownFeedsTest {
    /// More than are read at once.
    private static final int MANY = 150;

    private final KeyedDocuments stored = new MemoryStores().feeds();
    private final LaggingDocuments documents = new LaggingDocuments(stored);
    private final FeedRegistry registry = new FeedRegistry(stored);
    private final KnownFeeds known = new KnownFeeds(new FeedRegistry(documents));

    @Test
    void whatALookHadReadBeforeTheStoreFailedIsReadAgain() {
        for (int i = 0; i < MANY; i++) {
            registry.save(alarm("t" + i));
        }
        documents.fallBehind();
        known.refresh();
        documents.catchUp();
        documents.failAt(2);
        assertThatThrownBy(known::refresh).isInstanceOf(StoreException.class);

        documents.catchUp();
        known.refresh();

        assertThat(known.signs()).hasSize(MANY);
    }

    @Test
    void anOlderStateDoesNotReplaceANewerOne() {
        registry.save(alarm("tick"));
        Stored former = stored.find(List.of("feed/" + trigger("tick"))).getFirst();
        FeedTrigger tick = registry.find(trigger("tick")).orElseThrow().trigger();
        registry.stop(tick, FeedStatus.stopped(NOON, FeedStatus.Reason.automatic("Gone.")));
        known.refresh();
        registry.save(tick.with(FeedStatus.stopped(NOON, FeedStatus.Reason.automatic("Gone again."))));

        documents.fallBehind(former);
        known.refresh();

        assertThat(known.signs().values()).extracting(FeedSign::isActive).containsExactly(false);
    }

    private static FeedTrigger alarm(String name) {
        return feed(name, FeedKind.ALARM, "{'cron':'* * * * *'}", NOON);
    }
}
