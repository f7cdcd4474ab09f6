package dev.whirl.feeds.stream;

import static dev.whirl.feeds.Examples.NOON;
import static dev.whirl.feeds.Examples.feed;
import static dev.whirl.feeds.Examples.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.feeds.feed.Feed;
import dev.whirl.feeds.feed.FeedKind;
import dev.whirl.feeds.feed.FeedTrigger;
import dev.whirl.feeds.feed.Origin;
import dev.whirl.feeds.fire.Counters;
import dev.whirl.feeds.fire.FireOutcome;
import dev.whirl.feeds.fire.Fires;
import dev.whirl.feeds.fire.Surroundings;
import dev.whirl.feeds.provide.Running;
import dev.whirl.feeds.registry.FeedRegistry;
import dev.whirl.feeds.registry.Positions;
import dev.whirl.feeds.schedule.Lateness;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.StoreException;
import dev.whirl.store.memory.MemoryStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamsTest {
    private static final int MOST_OPEN = 2;
    private static final Duration SOON = Duration.ofSeconds(20);

    private final MemoryStores stores = new MemoryStores();
    private final FeedRegistry registry = new FeedRegistry(stores.feeds());
    private final List<RawJson> events = new CopyOnWriteArrayList<>();
    private final List<RawJson> fired = new CopyOnWriteArrayList<>();
    private final Queue<FireOutcome> outcomes = new ConcurrentLinkedQueue<>();
    private final FeedTrigger trigger = feed("t", FeedKind.KAFKA, "{'brokers':'b:1','topic':'t'}", NOON);
    private volatile @Nullable CountDownLatch hang;

    /// Numbers, one a batch; a mark says how many were read.
    private class Numbers implements Source {
        @Override
        public RawJson begin() {
            return RawJson.number(events.size());
        }

        @Override
        public Optional<Batch> read(RawJson mark, @Nullable RawJson open) throws InterruptedException {
            int next = mark.asWholeNumber().orElseThrow().intValue();
            if (next == events.size()) {
                Thread.sleep(Duration.ofMillis(5));
                return Optional.empty();
            }
            RawJson payload = RawJson.object("n", events.get(next));
            RawJson behind = RawJson.number(next + 1L);
            return Optional.of(open == null ? Batch.fresh(payload, behind) : new Batch(payload, behind, open, true));
        }

        @Override
        public Rest rest(RawJson mark, @Nullable RawJson open) {
            return new Rest(mark, open);
        }

        @Override
        public boolean reaches(RawJson mark, RawJson open) {
            return mark.asWholeNumber().orElseThrow() >= open.asWholeNumber().orElseThrow();
        }

        @Override
        public void close() {}
    }

    private final Fires api = new Fires() {
        @Override
        public FireOutcome fire(FeedTrigger which, RawJson payload) {
            fired.add(payload);
            CountDownLatch latch = hang;
            if (latch != null) {
                try {
                    latch.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return new FireOutcome.Unreachable("interrupted", false);
                }
            }
            FireOutcome next = outcomes.poll();
            return next == null ? new FireOutcome.Fired("") : next;
        }

        @Override
        public FireOutcome delete(FeedTrigger which, boolean withRules) {
            throw new AssertionError("nobody deletes here");
        }
    };

    @Test
    void whatComesAfterTheFeedWasMadeIsFiredInOrderAndOnce() {
        events.add(RawJson.number(-1));
        try (Running _ = start(trigger)) {
            await().atMost(SOON)
                    .until(() -> stores.feeds().page("position/", "", 1).size() == 1);
            IntStream.range(0, 50).forEach(each -> events.add(RawJson.number(each)));

            await().atMost(SOON).until(() -> fired.size() >= 50);
        }
        assertThat(fired)
                .containsExactlyElementsOf(
                        IntStream.range(0, 50).mapToObj(StreamsTest::plain).toList());
    }

    @Test
    void aFeedBeginsWhereItsSourceWasWhenItWasMade() {
        IntStream.range(0, 3).forEach(each -> events.add(RawJson.number(each)));
        FeedTrigger made = feedOf("first", Origin.of(Set.of("numbers"), RawJson.number(1)));

        try (Running _ = start(made)) {
            await().atMost(SOON).until(() -> fired.size() >= 2);
        }
        assertThat(fired).containsExactly(plain(1), plain(2));
    }

    @Test
    void whoComesNextGoesOnWhereTheLastOneWas() {
        events.clear();
        try (Running _ = start(trigger)) {
            await().atMost(SOON)
                    .until(() -> stores.feeds().page("position/", "", 1).size() == 1);
            events.add(RawJson.number(0));
            await().atMost(SOON).until(() -> settled() == 1);
        }
        events.add(RawJson.number(1));
        try (Running _ = start(trigger)) {
            await().atMost(SOON).until(() -> fired.size() >= 2);
        }
        assertThat(fired).containsExactly(plain(0), plain(1));
    }

    @Test
    void aFeedThatWasChangedGoesOnWhereItWasAndMarksWhatMayBeRepeated() {
        Origin origin = Origin.of(Set.of("numbers"), RawJson.number(0));
        events.add(RawJson.number(0));
        events.add(RawJson.number(1));
        try (Running _ = start(feedOf("first", origin))) {
            await().atMost(SOON).until(() -> fired.size() == 2 && settled() == 2);
            hang = new CountDownLatch(1);
            events.add(RawJson.number(2));
            await().atMost(SOON).until(() -> fired.size() == 3);
        }
        hang = null;
        events.add(RawJson.number(3)); // while nobody reads

        try (Running _ = start(feedOf("second", origin))) {
            await().atMost(SOON).until(() -> fired.size() >= 5);
        }
        assertThat(fired)
                .containsExactly(plain(0), plain(1), plain(2), json("{'n':2,'_feed':{'duplicate':true}}"), plain(3));
    }

    @Test
    void aFeedThatReadsAnotherSourceBeginsWhereThatIs() {
        events.add(RawJson.number(0));
        events.add(RawJson.number(1));
        try (Running _ = start(feedOf("first", Origin.of(Set.of("numbers"), RawJson.number(0))))) {
            await().atMost(SOON).until(() -> fired.size() == 2 && settled() == 2);
        }
        events.add(RawJson.number(2));
        events.add(RawJson.number(3));

        try (Running _ = start(feedOf("second", Origin.of(Set.of("others"), RawJson.number(3))))) {
            await().atMost(SOON).until(() -> fired.size() >= 3);
        }
        assertThat(fired).containsExactly(plain(0), plain(1), plain(3));
    }

    @Test
    void whatMayHaveBeenFiredBeforeACrashIsFiredAgainAndSaysSo() {
        hang = new CountDownLatch(1);
        Running first = start(trigger);
        await().atMost(SOON).until(() -> stores.feeds().page("position/", "", 1).size() == 1);
        events.add(RawJson.number(0));
        events.add(RawJson.number(1));
        await().atMost(SOON).until(() -> fired.size() == 1);
        first.close();
        hang = null;

        try (Running _ = start(trigger)) {
            await().atMost(SOON).until(() -> fired.size() >= 3);
        }
        assertThat(fired).containsExactly(plain(0), json("{'n':0,'_feed':{'duplicate':true}}"), plain(1));
    }

    @Test
    void anAnswerThatTellsNothingMakesTheNextAttemptADuplicate() {
        outcomes.add(new FireOutcome.Refused(429, "Too many."));
        outcomes.add(new FireOutcome.Refused(503, "No room."));
        try (Running _ = start(trigger)) {
            await().atMost(SOON)
                    .until(() -> stores.feeds().page("position/", "", 1).size() == 1);
            events.add(RawJson.number(0));
            await().atMost(SOON).until(() -> settled() == 1);
        }
        assertThat(fired).containsExactly(plain(0), plain(0), json("{'n':0,'_feed':{'duplicate':true}}"));
    }

    @Test
    void aRefusalThatLastsStopsTheFeed() {
        registry.save(trigger);
        outcomes.add(new FireOutcome.Refused(404, "Gone."));
        try (Running _ = start(trigger)) {
            await().atMost(SOON)
                    .until(() -> stores.feeds().page("position/", "", 1).size() == 1);
            events.add(RawJson.number(0));
            await().atMost(SOON)
                    .until(() -> !registry.find(trigger.trigger())
                            .orElseThrow()
                            .trigger()
                            .status()
                            .isActive());
        }
    }

    @ParameterizedTest
    @CsvSource({"false, 2", "true, 4"})
    void aFeedWithABoundEndsThoughWhatWasUnderWayNeverComesAgain(boolean isRepeated, int firings) throws Exception {
        FeedTrigger bounded = feed("t", FeedKind.KAFKA, "{'brokers':'b:1','topic':'t','maxTriggers':2}", NOON);
        registry.save(bounded);
        var underWay = new StreamPosition("first", "first", RawJson.number(0), RawJson.number(1000), 0);
        new Positions(stores.feeds(), bounded.trigger()).save(underWay.toJson());
        IntStream.range(0, 10).forEach(each -> events.add(RawJson.number(each)));
        Source source = new Numbers() {
            @Override
            public Optional<Batch> read(RawJson mark, @Nullable RawJson open) throws InterruptedException {
                return super.read(mark, open)
                        .map(each -> new Batch(each.payload(), each.mark(), each.firing(), isRepeated));
            }
        };

        try (Running _ = streams(_ -> source).start(bounded, (Feed.Stream) bounded.feed(), () -> true)) {
            await().atMost(SOON)
                    .until(() -> !registry.find(bounded.trigger())
                            .orElseThrow()
                            .trigger()
                            .status()
                            .isActive());
        }
        assertThat(fired).hasSize(firings);
    }

    @Test
    void aFeedOutlivesWhateverGoesWrongInItsThread() {
        Queue<Throwable> troubles = new ConcurrentLinkedQueue<>(
                List.of(new StackOverflowError("simulated"), new StoreException.Unavailable("simulated")));
        BooleanSupplier isOurs = () -> {
            Throwable trouble = troubles.poll();
            if (trouble instanceof Error error) {
                throw error;
            }
            if (trouble instanceof RuntimeException exception) {
                throw exception;
            }
            return true;
        };
        try (Running _ = streams(_ -> new Numbers()).start(trigger, (Feed.Stream) trigger.feed(), isOurs)) {
            await().atMost(SOON)
                    .until(() -> stores.feeds().page("position/", "", 1).size() == 1);
            events.add(RawJson.number(0));
            await().atMost(SOON).until(() -> fired.size() == 1);
        }
        assertThat(troubles).isEmpty();
    }

    @Test
    void onlySoManyStreamsAreOpenAtATimeAndOthersWaitForThem() {
        var opened = new AtomicInteger();
        Streams streams = streams(_ -> {
            opened.incrementAndGet();
            return new Numbers();
        });
        List<Running> first =
                Stream.of("a", "b").map(each -> start(streams, each)).toList();
        await().atMost(SOON).until(() -> opened.get() == MOST_OPEN);
        try (Running _ = start(streams, "c")) {
            await().during(Duration.ofMillis(100)).atMost(SOON).until(() -> opened.get() == MOST_OPEN);

            first.getFirst().close();

            await().atMost(SOON).until(() -> opened.get() == MOST_OPEN + 1);
        } finally {
            first.forEach(Running::close);
        }
    }

    @Test
    void aFeedThatCanNotBeFiredMakesWayForThatOfAnotherNamespace() {
        var opened = new AtomicInteger();
        Streams streams = streams(_ -> {
            opened.incrementAndGet();
            return new Numbers();
        });
        outcomes.addAll(Collections.nCopies(1000, new FireOutcome.Refused(429, "Too many.")));
        List<Running> stuck =
                Stream.of("a", "b").map(each -> start(streams, each)).toList();
        await().atMost(SOON).until(() -> stores.feeds().page("position/", "", 2).size() == 2);
        events.add(RawJson.number(0));
        await().atMost(SOON).until(() -> fired.size() >= MOST_OPEN);
        FeedTrigger other = inNamespace("other", feedOf("first", Origin.of(Set.of("numbers"), RawJson.number(1))));

        try (Running _ = streams.start(other, (Feed.Stream) other.feed(), () -> true)) {
            await().atMost(SOON).until(() -> opened.get() > MOST_OPEN);
        } finally {
            stuck.forEach(Running::close);
        }
        assertThat(fired)
                .as("nothing that was refused is marked")
                .doesNotContain(json("{'n':0,'_feed':{'duplicate':true}}"));
    }

    private static FeedTrigger inNamespace(String namespace, FeedTrigger of) {
        return new FeedTrigger(
                EntityId.of(new NamespaceName(namespace), of.trigger().name()),
                of.key(),
                of.kind(),
                of.parameters(),
                of.feed(),
                of.delivery(),
                of.generation(),
                of.since(),
                of.status(),
                of.origin());
    }

    @Test
    void howFarASourceWasReadThatHadNothingIsWhereWhoeverComesNextBegins() {
        List<RawJson> marks = new CopyOnWriteArrayList<>();
        Source uninteresting = new Source() {
            @Override
            public RawJson begin() {
                return RawJson.number(0);
            }

            @Override
            public Optional<Batch> read(RawJson mark, @Nullable RawJson open) throws InterruptedException {
                marks.add(mark);
                Thread.sleep(Duration.ofMillis(5));
                return Optional.empty();
            }

            @Override
            public Rest rest(RawJson mark, @Nullable RawJson open) {
                return new Rest(RawJson.number(7), null);
            }

            @Override
            public boolean reaches(RawJson mark, RawJson open) {
                return true;
            }

            @Override
            public void close() {}
        };
        try (Running _ = start(streams(_ -> uninteresting), "t")) {
            await().atMost(SOON)
                    .until(() -> stores.feeds().page("position/", "", 1).size() == 1 && settled() == 7);
        }
        marks.clear();
        try (Running _ = start(streams(_ -> uninteresting), "t")) {
            await().atMost(SOON).until(() -> !marks.isEmpty());
        }
        assertThat(marks.getFirst()).isEqualTo(RawJson.number(7));
        assertThat(fired).isEmpty();
    }

    private static Running start(Streams streams, String name) {
        FeedTrigger which = feed(name, FeedKind.KAFKA, "{'brokers':'b:1','topic':'t'}", NOON);
        return streams.start(which, (Feed.Stream) which.feed(), () -> true);
    }

    private FeedTrigger feedOf(String generation, Origin origin) {
        return new FeedTrigger(
                trigger.trigger(),
                trigger.key(),
                trigger.kind(),
                trigger.parameters(),
                trigger.feed(),
                trigger.delivery(),
                generation,
                NOON,
                trigger.status(),
                origin);
    }

    private long settled() {
        return stores.feeds()
                        .page("position/", "", 1)
                        .getFirst()
                        .document()
                        .field("firing")
                        .isPresent()
                ? -1
                : stores.feeds()
                        .page("position/", "", 1)
                        .getFirst()
                        .document()
                        .field("settled")
                        .flatMap(RawJson::asWholeNumber)
                        .orElse(-1L);
    }

    private Running start(FeedTrigger which) {
        return streams(_ -> new Numbers()).start(which, (Feed.Stream) which.feed(), () -> true);
    }

    private Streams streams(Streams.Opening opening) {
        var around = new Surroundings(
                stores.feeds(),
                registry,
                api,
                InstantSource.system(),
                new Lateness(Duration.ofMinutes(1), Duration.ofDays(1), Duration.ZERO),
                10,
                new Counters(new SimpleMeterRegistry()));
        return new Streams(around, opening, new Semaphore(1), MOST_OPEN, MOST_OPEN);
    }

    private static RawJson plain(int number) {
        return RawJson.object("n", RawJson.number(number));
    }
}
