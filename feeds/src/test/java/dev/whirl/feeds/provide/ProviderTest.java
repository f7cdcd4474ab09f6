package dev.whirl.feeds.provide;

import static dev.whirl.feeds.Examples.NOON;
import static dev.whirl.feeds.Examples.feed;
import static dev.whirl.feeds.Examples.json;
import static dev.whirl.feeds.Examples.trigger;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.feeds.LaggingDocuments;
import dev.whirl.feeds.feed.FeedKind;
import dev.whirl.feeds.feed.FeedTrigger;
import dev.whirl.feeds.registry.FeedRegistry;
import dev.whirl.store.ConflictException;
import dev.whirl.store.KeyedDocuments;
import dev.whirl.store.KeyedDocuments.Stored;
import dev.whirl.store.memory.MemoryStores;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class ProviderTest {
    private static final String ID = "feed/" + trigger("tick");
    private static final String UNREADABLE =
            "{'namespace':'guest','name':'tick','kind':'alarm','generation':'g','status':{'active':true}}";

    private final KeyedDocuments stored = new MemoryStores().feeds();
    private final LaggingDocuments documents = new LaggingDocuments(stored);
    private final FeedRegistry registry = new FeedRegistry(stored);
    private final List<String> running = new ArrayList<>();
    private final Provider provider = new Provider(new FeedRegistry(documents), Ownership.ALONE, this::start);

    @Test
    void aFeedThatOneReadDidNotShowIsStartedAtTheNextLook() {
        registry.save(alarm("first"));
        documents.fallBehind();
        provider.refresh();
        assertThat(running).isEmpty();

        documents.catchUp();
        provider.refresh();

        assertThat(running).containsExactly("first");
    }

    @Test
    void aFeedThatWasRemovedBeforeTheStartIsNotStartedWhateverAReadShows() {
        registry.save(alarm("first"));
        Stored former = stored.find(List.of(ID)).getFirst();
        registry.remove(trigger("tick"));

        documents.fallBehind(former);
        provider.refresh();
        assertThat(running).isEmpty();

        documents.catchUp();
        provider.refresh();
        assertThat(running).isEmpty();
    }

    @Test
    void aNewFeedThatOneReadDidNotShowIsStartedAtTheNextLook() {
        provider.refresh();
        registry.save(alarm("first"));
        documents.fallBehind();
        provider.refresh();
        assertThat(running).isEmpty();

        documents.catchUp();
        provider.refresh();

        assertThat(running).containsExactly("first");
    }

    @Test
    void aFeedWhoseChangeIsNotShownYetGoesOnAsItWas() {
        registry.save(alarm("first"));
        provider.refresh();
        registry.save(alarm("second"));
        documents.fallBehind();
        provider.refresh();
        assertThat(running).containsExactly("first");

        documents.catchUp();
        provider.refresh();

        assertThat(running).containsExactly("second");
    }

    @Test
    void aFeedThatIsShownAsItWasBeforeItsChangeIsReadAgain() {
        registry.save(alarm("first"));
        provider.refresh();
        Stored former = stored.find(List.of(ID)).getFirst();
        registry.save(alarm("second"));
        documents.fallBehind(former);
        provider.refresh();
        assertThat(running).containsExactly("first");

        documents.catchUp();
        provider.refresh();

        assertThat(running).containsExactly("second");
        var _ = documents.takeFinds();
        provider.refresh();
        assertThat(documents.takeFinds()).isZero();
    }

    @Test
    void aFeedThatWasRemovedStopsWhateverAReadShows() {
        registry.save(alarm("first"));
        provider.refresh();

        registry.remove(trigger("tick"));
        documents.fallBehind();
        provider.refresh();

        assertThat(running).isEmpty();
        documents.catchUp();
        provider.refresh();
        assertThat(running).isEmpty();
    }

    @Test
    void aFeedThatWasRemovedBeforeItWasShownIsNotLookedForAnyMore() {
        provider.refresh();
        registry.save(alarm("first"));
        documents.fallBehind();
        provider.refresh();

        registry.remove(trigger("tick"));
        provider.refresh();
        var _ = documents.takeFinds();
        provider.refresh();

        assertThat(documents.takeFinds()).isZero();
    }

    @Test
    void aFeedThatCanNotBeReadRestsUntilItIsChanged() throws ConflictException {
        var revision = stored.put(ID, json(UNREADABLE), null);
        provider.refresh();
        var _ = documents.takeFinds();
        provider.refresh();
        assertThat(documents.takeFinds()).isZero();

        stored.delete(ID, revision);
        registry.save(alarm("mended"));
        provider.refresh();

        assertThat(running).containsExactly("mended");
    }

    private Running start(FeedTrigger trigger, BooleanSupplier isOurs) {
        running.add(trigger.generation());
        return () -> running.remove(trigger.generation());
    }

    private static FeedTrigger alarm(String generation) {
        FeedTrigger alarm = feed("tick", FeedKind.ALARM, "{'cron':'* * * * *'}", NOON);
        return new FeedTrigger(
                alarm.trigger(),
                alarm.key(),
                alarm.kind(),
                alarm.parameters(),
                alarm.feed(),
                alarm.delivery(),
                generation,
                alarm.since(),
                alarm.status(),
                alarm.origin());
    }
}
