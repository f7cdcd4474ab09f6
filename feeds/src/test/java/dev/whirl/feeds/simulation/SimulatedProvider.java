package dev.whirl.feeds.simulation;

import dev.whirl.common.time.ManualClock;
import dev.whirl.feeds.alarm.Alarms;
import dev.whirl.feeds.alarm.Alarms.DueAlarm;
import dev.whirl.feeds.feed.Feed;
import dev.whirl.feeds.fire.Counters;
import dev.whirl.feeds.fire.Surroundings;
import dev.whirl.feeds.provide.Leases;
import dev.whirl.feeds.provide.Provider;
import dev.whirl.feeds.registry.FeedRegistry;
import dev.whirl.feeds.schedule.Lateness;
import dev.whirl.store.StoreException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;

/// A process that runs feeds, without threads: each turn does all that is due.
final class SimulatedProvider {
    private static final Duration LEASE = Duration.ofSeconds(10);

    private final Provider provider;
    private final Alarms alarms;

    SimulatedProvider(
            String name, CrashingDocuments documents, SimulatedApi api, ManualClock clock, Lateness lateness) {
        var registry = new FeedRegistry(documents);
        alarms = new Alarms(
                new Surroundings(
                        documents,
                        registry,
                        api,
                        clock,
                        lateness,
                        Integer.MAX_VALUE,
                        new Counters(new SimpleMeterRegistry())),
                () -> {});
        Instant begin = clock.instant();
        var leases = new Leases(
                documents,
                name,
                LEASE,
                () -> Duration.between(begin, clock.instant()).toNanos());
        provider = new Provider(
                registry, leases, (trigger, isOurs) -> alarms.start(trigger, (Feed.Timed) trigger.feed(), isOurs));
    }

    void turn() {
        try {
            provider.refresh();
        } catch (StoreException e) {
            return; // the next turn tries again
        }
        for (DueAlarm each : alarms.takeDue()) {
            alarms.perform(each);
        }
    }

    void leave() {
        provider.close();
    }
}
