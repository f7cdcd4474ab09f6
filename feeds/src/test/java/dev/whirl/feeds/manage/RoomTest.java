package dev.whirl.feeds.manage;

import static dev.whirl.feeds.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.common.units.ByteSize;
import dev.whirl.feeds.Examples;
import dev.whirl.feeds.feed.FeedKind;
import dev.whirl.feeds.feed.FeedStatus;
import dev.whirl.feeds.feed.FeedTrigger;
import dev.whirl.feeds.feed.InvalidFeedException;
import dev.whirl.feeds.registry.FeedRegistry;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.store.memory.MemoryStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class RoomTest {
    private static final int MOST_IN_ALL = 6;

    private final FeedRegistry registry = new FeedRegistry(new MemoryStores().feeds());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Room room = new Room(registry, new Room.Bounds(10, 5, MOST_IN_ALL, ByteSize.mebibytes(1)), meters);

    @Test
    void whenAllPlacesAreTakenWhoHasNoShareYetGetsOneAndOthersAreRefusedVisibly() {
        make("greedy", 5);
        make("other", 1);

        assertThatThrownBy(() -> room.require(FeedKind.KAFKA, id("greedy", 6))).hasMessageContaining("The namespace");
        assertThatCode(() -> room.require(FeedKind.KAFKA, id("third", 1))).doesNotThrowAnyException();
        assertThatCode(() -> room.require(FeedKind.KAFKA, id("other", 2))).doesNotThrowAnyException();
        make("other", 3);

        assertThatThrownBy(() -> room.require(FeedKind.KAFKA, id("other", 4)))
                .isInstanceOfSatisfying(
                        InvalidFeedException.class, e -> assertThat(e.status()).isEqualTo(503))
                .hasMessage(
                        "All namespaces together have 8 feeds that read from other servers or folders, and no more can"
                                + " be read: try again later, or ask whoever runs the platform for more"
                                + " (feeds.max-streams-in-all).");
        assertThat(meters.get("whirl_feeds_refused")
                        .tag("reason", "streams-in-all")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void feedsThatAreStoppedOrDeletedOrOfOtherKindsTakeNoPlace() {
        make("greedy", 5);
        make("other", 1);
        EntityId one = id("other", 2);
        make("third", 1);
        FeedTrigger stopped = registry.find(id("greedy", 1)).orElseThrow().trigger();

        registry.stop(stopped, FeedStatus.stopped(NOON, FeedStatus.Reason.automatic("Gone.")));
        registry.remove(id("greedy", 2));

        assertThatCode(() -> room.require(FeedKind.KAFKA, one)).doesNotThrowAnyException();
        make("other", 5);
        assertThatCode(() -> room.require(FeedKind.ALARM, one)).doesNotThrowAnyException();
        assertThatCode(() -> room.require(FeedKind.KAFKA, id("other", 5)))
                .as("one that is there already")
                .doesNotThrowAnyException();
    }

    /// So many streams of a namespace.
    private void make(String namespace, int count) {
        for (int i = 1; i <= count; i++) {
            FeedTrigger guests = Examples.feed("t", FeedKind.KAFKA, "{'brokers':'b:1','topic':'t'}", NOON);
            registry.save(new FeedTrigger(
                    id(namespace, i),
                    guests.key(),
                    guests.kind(),
                    guests.parameters(),
                    guests.feed(),
                    guests.delivery(),
                    guests.generation(),
                    guests.since(),
                    guests.status(),
                    null));
        }
    }

    private static EntityId id(String namespace, int number) {
        return EntityId.of(new NamespaceName(namespace), new EntityName("t" + number));
    }
}
