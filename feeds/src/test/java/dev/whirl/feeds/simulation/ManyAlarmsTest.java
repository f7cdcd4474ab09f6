package dev.whirl.feeds.simulation;

import static dev.whirl.feeds.Examples.NOON;
import static dev.whirl.feeds.Examples.feed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.common.time.ManualClock;
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
import dev.whirl.store.memory.MemoryStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What ten thousand alarms cost. It prints its figures.
@Tag("F-4")
class ManyAlarmsTest {
    private static final int ALARMS = 10_000;

    @Test
    void tenThousandAlarmsCostLittle() {
        var stores = new MemoryStores();
        var clock = new ManualClock(NOON);
        var api = new SimulatedApi(new Chance(1, 0, 0));
        var alarms = new Alarms(
                new Surroundings(
                        stores.feeds(),
                        new FeedRegistry(stores.feeds()),
                        api,
                        clock,
                        new Lateness(Duration.ofMinutes(1), Duration.ofDays(1), Duration.ZERO),
                        10,
                        new Counters(new SimpleMeterRegistry())),
                () -> {});
        List<FeedTrigger> triggers = new ArrayList<>();
        for (int i = 0; i < ALARMS; i++) {
            triggers.add(feed(
                    "alarm" + i,
                    FeedKind.ALARM,
                    "{'cron':'*/5 * * * *','timezone':'Europe/Vienna','scheduleInfo':true}",
                    NOON));
        }
        long before = usedBytes();
        var running = new ArrayList<Running>();
        triggers.forEach(each -> running.add(alarms.start(each, (Feed.Timed) each.feed(), () -> true)));
        long looked = performAll(alarms);
        long bytes = (usedBytes() - before) / ALARMS;
        clock.advance(Duration.ofMinutes(5));
        long fired = performAll(alarms);

        System.out.printf(
                "an alarm that waits: %d bytes; %d alarms looked at in %d ms, fired at once in %d ms%n",
                bytes, ALARMS, looked, fired);
        assertThat(api.fired)
                .hasSize(ALARMS)
                .allSatisfy((_, firings) -> assertThat(firings).hasSize(1));
        assertThat(alarms.size()).isEqualTo(ALARMS);
        assertThat(bytes).isLessThan(2000);
        assertThat(looked + fired).isLessThan(20_000);
        running.forEach(Running::close);
        assertThat(alarms.size()).isZero();
    }

    /// @return how many milliseconds it took
    private static long performAll(Alarms alarms) {
        long begin = System.nanoTime();
        List<DueAlarm> due = alarms.takeDue();
        while (!due.isEmpty()) {
            due.forEach(alarms::perform);
            due = alarms.takeDue();
        }
        return Duration.ofNanos(System.nanoTime() - begin).toMillis();
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
