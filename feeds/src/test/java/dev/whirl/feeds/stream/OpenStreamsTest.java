package dev.whirl.feeds.stream;

import static dev.whirl.feeds.Examples.GUEST;
import static dev.whirl.feeds.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.common.time.ManualClock;
import dev.whirl.feeds.stream.OpenStreams.Place;
import dev.whirl.model.entity.NamespaceName;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OpenStreamsTest {
    private static final NamespaceName OTHER = new NamespaceName("other");

    private final ManualClock clock = new ManualClock(NOON);
    private final OpenStreams open = new OpenStreams(4, 3, clock);

    @Test
    void whoWaitsGoesOnWhenAnotherOneEnds() throws Exception {
        List<Place> places = take(GUEST, 3);
        CompletableFuture<Place> waiting = waitFor(GUEST);
        assertThat(open.open()).isEqualTo(3);
        assertThat(open.waiting()).isEqualTo(1);

        places.getFirst().close();

        assertThat(waiting.get(20, TimeUnit.SECONDS)).isNotNull();
        assertThat(open.waiting()).isZero();
    }

    @Test
    void aNamespaceWithManyGivesAPlaceToOneWithNone() throws Exception {
        List<Place> many = take(GUEST, 3);
        List<Place> one = take(OTHER, 1);
        assertThat(many.getFirst().isWanted()).as("nobody waits").isFalse();
        CompletableFuture<Place> waiting = waitFor(new NamespaceName("third"));

        assertThat(one.getFirst().isWanted()).as("it has no more than a share").isFalse();
        assertThat(many.get(1).isWanted()).isTrue();
        assertThat(many.get(2).isWanted()).as("one is enough").isFalse();
        many.get(1).close();

        assertThat(waiting.get(20, TimeUnit.SECONDS)).isNotNull();
        assertThat(open.open()).isEqualTo(4);
    }

    @Test
    void whoWaitsOfALargeNamespaceIsNoReasonToGiveASecondPlace() throws Exception {
        List<Place> many = take(GUEST, 3);
        take(OTHER, 1);
        CompletableFuture<Place> waiting = waitFor(new NamespaceName("third"));
        CompletableFuture<Place> oneMore = waitFor(GUEST);

        assertThat(many.getFirst().isWanted()).isTrue();
        assertThat(many.get(1).isWanted()).isFalse();
        many.getFirst().close();

        assertThat(waiting.get(20, TimeUnit.SECONDS)).isNotNull();
        assertThat(oneMore).isNotDone();
        many.get(1).close();
        assertThat(oneMore.get(20, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void ofThoseWhoWaitTheNamespaceWithFewestGoesFirst() throws Exception {
        List<Place> guests = take(GUEST, 3);
        List<Place> others = take(OTHER, 1);
        CompletableFuture<Place> second = waitFor(OTHER);
        CompletableFuture<Place> first = waitFor(new NamespaceName("third"));

        guests.getFirst().close();

        assertThat(first.get(20, TimeUnit.SECONDS)).isNotNull();
        assertThat(second).isNotDone();
        others.getFirst().close();
        assertThat(second.get(20, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void equalsTakeTurns() throws Exception {
        List<Place> places = take(GUEST, 3);
        CompletableFuture<Place> waiting = waitFor(GUEST);
        assertThat(places.getFirst().isWanted())
                .as("its turn has begun just now")
                .isFalse();

        clock.advance(OpenStreams.TURN);

        assertThat(places.getFirst().isWanted()).isTrue();
        places.getFirst().close();
        assertThat(waiting.get(20, TimeUnit.SECONDS).isWanted()).isFalse();
    }

    private List<Place> take(NamespaceName namespace, int count) {
        return IntStream.range(0, count).mapToObj(_ -> placed(namespace)).toList();
    }

    private Place placed(NamespaceName namespace) {
        try {
            return open.take(namespace, () -> {
                throw new AssertionError("there is room");
            });
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// Returns when it waits.
    private CompletableFuture<Place> waitFor(NamespaceName namespace) {
        int before = open.waiting();
        var place = new CompletableFuture<Place>();
        Thread.ofVirtual().start(() -> {
            try {
                place.complete(open.take(namespace, () -> {}));
            } catch (InterruptedException e) {
                place.completeExceptionally(e);
            }
        });
        await().until(() -> open.waiting() > before);
        return place;
    }
}
