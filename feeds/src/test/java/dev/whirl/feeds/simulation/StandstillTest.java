package dev.whirl.feeds.simulation;

import static dev.whirl.feeds.Examples.NOON;
import static dev.whirl.feeds.Examples.feed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.common.time.ManualClock;
import dev.whirl.feeds.DocumentsAround;
import dev.whirl.feeds.alarm.Alarms;
import dev.whirl.feeds.alarm.Alarms.DueAlarm;
import dev.whirl.feeds.feed.Feed;
import dev.whirl.feeds.feed.FeedKind;
import dev.whirl.feeds.feed.FeedTrigger;
import dev.whirl.feeds.fire.Counters;
import dev.whirl.feeds.fire.Surroundings;
import dev.whirl.feeds.provide.Running;
import dev.whirl.feeds.registry.FeedRegistry;
import dev.whirl.feeds.schedule.Lateness;
import dev.whirl.feeds.simulation.SimulatedApi.Firing;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.ConflictException;
import dev.whirl.store.KeyedDocuments;
import dev.whirl.store.Revision;
import dev.whirl.store.memory.MemoryStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A provider that stands still for longer than its lease, between two of its steps.
class StandstillTest {
    private static final Duration STANDSTILL = Duration.ofSeconds(20);

    private final MemoryStores stores = new MemoryStores();
    private final ManualClock clock = new ManualClock(NOON);
    private final SimulatedApi api = new SimulatedApi(new Chance(1, 0, 0));
    private final FeedTrigger trigger =
            feed("t", FeedKind.ALARM, "{'cron':'* * * * *','strict':true,'scheduleInfo':true,'missed':'all'}", NOON);

    @Test
    void whoStoodStillBeforeItFiredFindsThatAnotherOneHasTheFeed() {
        var isFirst = new AtomicBoolean(true);
        Alarms second = alarms(stores.feeds());
        Alarms first = alarms(new DocumentsAround(stores.feeds()) {
            private boolean hasStood;

            @Override
            public Revision put(String id, RawJson document, @Nullable Revision expected) throws ConflictException {
                Revision revision = super.put(id, document, expected);
                if (!hasStood && isFirst.getAndSet(false)) {
                    hasStood = true;
                    clock.advance(STANDSTILL);
                    performAll(second);
                }
                return revision;
            }
        });
        try (Running _ = first.start(trigger, timed(), isFirst::get);
                Running _ = second.start(trigger, timed(), () -> !isFirst.get())) {
            clock.advance(Duration.ofMinutes(1));
            performAll(first);

            assertThat(api.fired.get("t")).containsExactly(new Firing(NOON.plusSeconds(60), "", true));

            isFirst.set(true);
            clock.advance(Duration.ofMinutes(1));
            performAll(first);

            assertThat(api.fired.get("t"))
                    .containsExactly(
                            new Firing(NOON.plusSeconds(60), "", true), new Firing(NOON.plusSeconds(120), "", false));
        }
    }

    private static void performAll(Alarms alarms) {
        List<DueAlarm> due = alarms.takeDue();
        while (!due.isEmpty()) {
            due.forEach(alarms::perform);
            due = alarms.takeDue();
        }
    }

    private Feed.Timed timed() {
        return (Feed.Timed) trigger.feed();
    }

    private Alarms alarms(KeyedDocuments documents) {
        return new Alarms(
                new Surroundings(
                        documents,
                        new FeedRegistry(documents),
                        api,
                        clock,
                        new Lateness(Duration.ofMinutes(1), Duration.ofDays(1), Duration.ZERO),
                        10,
                        new Counters(new SimpleMeterRegistry())),
                () -> {});
    }
}
