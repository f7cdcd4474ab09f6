package dev.whirl.feeds.registry;

import static dev.whirl.feeds.Examples.NOON;
import static dev.whirl.feeds.Examples.feed;
import static dev.whirl.feeds.Examples.trigger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.feeds.LaggingDocuments;
import dev.whirl.feeds.feed.FeedKind;
import dev.whirl.feeds.feed.FeedStatus;
import dev.whirl.feeds.feed.FeedTrigger;
import dev.whirl.store.KeyedDocuments.Stored;
import dev.whirl.store.StoreException;
import dev.whirl.store.memory.MemoryStores;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeedRegistryTest {
    private static final FeedStatus STOPPED = FeedStatus.stopped(NOON, FeedStatus.Reason.automatic("Gone."));

    private final LaggingDocuments documents = new LaggingDocuments(new MemoryStores().feeds());
    private final FeedRegistry registry = new FeedRegistry(documents);

    @Test
    void aFeedThatAReadDoesNotShowIsStoppedAtTheNextAttempt() {
        FeedTrigger alarm = alarm(NOON);
        registry.save(alarm);
        documents.fallBehind();
        assertThatThrownBy(() -> registry.stop(alarm, STOPPED))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the store does not show it now");

        documents.catchUp();
        registry.stop(alarm, STOPPED);

        assertThat(isActive()).isFalse();
    }

    @Test
    void aFeedThatAReadShowsAsItWasBeforeItsChangeIsStoppedAtTheNextAttempt() {
        registry.save(alarm(NOON));
        Stored former = documents.find(List.of("feed/" + trigger("tick"))).getFirst();
        FeedTrigger changed = alarm(NOON.plusSeconds(1));
        registry.save(changed);
        documents.fallBehind(former);
        assertThatThrownBy(() -> registry.stop(changed, STOPPED)).isInstanceOf(StoreException.class);

        documents.catchUp();
        registry.stop(changed, STOPPED);

        assertThat(isActive()).isFalse();
    }

    private boolean isActive() {
        return registry.find(trigger("tick")).orElseThrow().trigger().status().isActive();
    }

    private static FeedTrigger alarm(Instant since) {
        return feed("tick", FeedKind.ALARM, "{'cron':'* * * * *'}", since);
    }
}
