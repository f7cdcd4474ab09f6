package dev.whirl.feeds.simulation;

import static dev.whirl.feeds.Examples.NOON;
import static dev.whirl.feeds.Examples.feed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.common.time.ManualClock;
import dev.whirl.feeds.feed.Feed;
import dev.whirl.feeds.feed.FeedKind;
import dev.whirl.feeds.feed.FeedTrigger;
import dev.whirl.feeds.registry.FeedRegistry;
import dev.whirl.feeds.schedule.Lateness;
import dev.whirl.feeds.schedule.Schedule;
import dev.whirl.feeds.simulation.SimulatedApi.Firing;
import dev.whirl.store.memory.MemoryStores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whole clusters of providers on a manual clock, with crashes at every point where a process can die. What was fired
/// must be what each alarm's policy says; a firing that comes twice must say that it may have.
@Tag("F-4")
class AlarmSimulationTest {
    private static final Lateness LATENESS =
            new Lateness(Duration.ofMinutes(1), Duration.ofDays(1), Duration.ofSeconds(10));
    private static final Duration QUIET = Duration.ofMinutes(5);

    private final MemoryStores stores = new MemoryStores();
    private final ManualClock clock = new ManualClock(NOON);
    private final FeedRegistry registry = new FeedRegistry(stores.feeds());
    private final List<FeedTrigger> triggers = new ArrayList<>();
    private final List<SimulatedProvider> living = new ArrayList<>();
    private int started;

    static List<Long> seeds() {
        int count = Integer.getInteger("whirl.feeds.seeds", 10);
        var seeds = new ArrayList<Long>();
        for (long i = 1; i <= count; i++) {
            seeds.add(i * 7919);
        }
        return seeds;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingIsLostOverCrashesAndWhatComesTwiceSaysSo(long seed) {
        var chance = new Chance(seed, 0.002, 0.02);
        var api = new SimulatedApi(chance);
        makeTriggers("all", 20);
        run(chance, api, 3, Duration.ofMinutes(20));
        var calm = new Chance(seed, 0, 0);
        restartAll(calm, api, 2);
        run(calm, api, 2, QUIET);

        Instant end = clock.instant().minus(Duration.ofMinutes(2));
        for (FeedTrigger each : triggers) {
            List<Firing> firings = api.fired.getOrDefault(name(each), List.of());
            assertThat(times(firings)).as("times of %s", each).containsAll(expected(each, NOON, end));
            requireMarkedDuplicates(each, firings);
            assertThat(firings)
                    .as("order of %s", each)
                    .isSortedAccordingTo((a, b) -> a.scheduled().compareTo(b.scheduled()));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void feedsThatSkipDoSoOnlyWhereNobodyCouldFireInTime(long seed) {
        var chance = new Chance(seed, 0.001, 0);
        var api = new SimulatedApi(chance);
        makeTriggers("skip", 20);
        run(chance, api, 3, Duration.ofMinutes(10));
        Instant outage = clock.instant();
        living.clear();
        clock.advance(Duration.ofMinutes(30));
        Instant back = clock.instant();
        var calm = new Chance(seed, 0, 0);
        restartAll(calm, api, 2);
        run(calm, api, 2, Duration.ofMinutes(10));

        for (FeedTrigger each : triggers) {
            List<Firing> firings = api.fired.getOrDefault(name(each), List.of());
            requireMarkedDuplicates(each, firings);
            Set<Instant> times = times(firings);
            assertThat(times)
                    .as("before the outage of %s", each)
                    .containsAll(expected(each, NOON, outage.minusSeconds(120)));
            assertThat(times)
                    .as("after the outage of %s", each)
                    .containsAll(expected(each, back, clock.instant().minusSeconds(60)));
            var during = new HashSet<>(times);
            during.removeIf(time -> !time.isAfter(outage) || time.isAfter(back.minusSeconds(61)));
            assertThat(during).as("during the outage of %s", each).isEmpty();
        }
    }

    @Test
    void oneFiringStandsForAllOfAnOutage() {
        var calm = new Chance(1, 0, 0);
        var api = new SimulatedApi(calm);
        makeTriggers("once", 20);
        restartAll(calm, api, 2);
        run(calm, api, 2, Duration.ofMinutes(10));
        Instant outage = clock.instant();
        living.clear();
        clock.advance(Duration.ofMinutes(30));
        restartAll(calm, api, 2);
        run(calm, api, 2, Duration.ofMinutes(10));

        for (FeedTrigger each : triggers) {
            List<Firing> merged = api.fired.getOrDefault(name(each), List.of()).stream()
                    .filter(firing -> !firing.missedSince().isEmpty())
                    .toList();
            boolean hasSeveral =
                    expected(each, outage, outage.plus(Duration.ofMinutes(28))).size() > 1;
            if (hasSeveral) {
                assertThat(merged).as("merged firings of %s", each).hasSize(1);
                assertThat(Instant.parse(merged.getFirst().missedSince()))
                        .isEqualTo(Schedule.next((Feed.Timed) each.feed(), settled(api, each, outage))
                                .orElseThrow());
            }
            requireMarkedDuplicates(each, api.fired.getOrDefault(name(each), List.of()));
        }
    }

    @Test
    void providersThatComeAndGoInPeaceFireEachTimeOnce() {
        var calm = new Chance(2, 0, 0);
        var api = new SimulatedApi(calm);
        makeTriggers("skip", 30);
        restartAll(calm, api, 2);
        run(calm, api, 2, Duration.ofMinutes(5));
        living.removeFirst().leave();
        run(calm, api, 3, Duration.ofMinutes(10));

        for (FeedTrigger each : triggers) {
            List<Firing> firings = api.fired.getOrDefault(name(each), List.of());
            assertThat(firings).as("%s", each).doesNotHaveDuplicates().noneMatch(Firing::isMarked);
            assertThat(times(firings))
                    .containsAll(expected(each, NOON, clock.instant().minusSeconds(30)));
        }
    }

    @Test
    void anApiThatIsAwayForLongGetsItsFiringsAfterwards() {
        var calm = new Chance(3, 0, 0);
        var api = new SimulatedApi(calm);
        makeTriggers("all", 10);
        restartAll(calm, api, 1);
        run(calm, api, 1, Duration.ofMinutes(5));
        api.isAway = true;
        run(calm, api, 1, Duration.ofMinutes(30));
        api.isAway = false;
        run(calm, api, 1, Duration.ofMinutes(30));

        for (FeedTrigger each : triggers) {
            List<Firing> firings = api.fired.getOrDefault(name(each), List.of());
            assertThat(firings).as("%s", each).doesNotHaveDuplicates().noneMatch(Firing::isMarked);
            assertThat(times(firings))
                    .containsAll(expected(each, NOON, clock.instant().minusSeconds(60)));
        }
    }

    @Test
    @Tag("F-6")
    void anAlarmThatFiresOnceTakesItsTriggerWithIt() {
        var calm = new Chance(4, 0, 0);
        var api = new SimulatedApi(calm);
        add("single", FeedKind.ONCE, "{'date':'2026-11-28T12:01:00Z','scheduleInfo':true,'deleteAfterFire':'rules'}");
        add("kept", FeedKind.ONCE, "{'date':'2026-11-28T12:01:00Z','scheduleInfo':true}");
        restartAll(calm, api, 1);
        run(calm, api, 1, Duration.ofMinutes(2));

        assertThat(api.fired.get("single")).hasSize(1);
        assertThat(api.deleted).containsExactly("single");
        assertThat(registry.find(triggers.getFirst().trigger())).isEmpty();
        assertThat(registry.find(triggers.getLast().trigger())
                        .orElseThrow()
                        .trigger()
                        .status())
                .satisfies(status -> {
                    assertThat(status.isActive()).isFalse();
                    assertThat(String.valueOf(status.reason())).contains("Automatically disabled after firing once");
                });
    }

    private void makeTriggers(String missed, int count) {
        List<String> lines = List.of(
                "'cron':'* * * * *'",
                "'cron':'*/7 * * * * *'",
                "'cron':'*/3 * * * *','strict':true",
                "'cron':'30 */5 * * * *','timezone':'Asia/Kolkata'");
        for (int i = 0; i < count; i++) {
            add(
                    missed + i,
                    FeedKind.ALARM,
                    "{%s,'scheduleInfo':true,'missed':'%s'}".formatted(lines.get(i % lines.size()), missed));
        }
        add(
                missed + "-interval",
                FeedKind.INTERVAL,
                "{'minutes':2,'scheduleInfo':true,'missed':'%s'}".formatted(missed));
    }

    private void add(String name, FeedKind kind, String parameters) {
        FeedTrigger trigger = feed(name, kind, parameters, NOON);
        triggers.add(trigger);
        registry.save(trigger);
    }

    /// Keeps so many providers alive; one that died is replaced some seconds later.
    private void run(Chance chance, SimulatedApi api, int providers, Duration time) {
        Instant end = clock.instant().plus(time);
        int until = 0;
        while (clock.instant().isBefore(end)) {
            clock.advance(Duration.ofMillis(500));
            if (living.size() < providers && until-- <= 0) {
                living.add(provider(chance, api));
                until = chance.number(20);
            }
            living.removeIf(each -> {
                try {
                    each.turn();
                    return false;
                } catch (Crash e) {
                    return true;
                }
            });
        }
    }

    private void restartAll(Chance chance, SimulatedApi api, int providers) {
        api.take(chance);
        living.clear();
        for (int i = 0; i < providers; i++) {
            living.add(provider(chance, api));
        }
    }

    private SimulatedProvider provider(Chance chance, SimulatedApi api) {
        return new SimulatedProvider(
                "p" + started++, new CrashingDocuments(stores.feeds(), chance), api, clock, LATENESS);
    }

    private static void requireMarkedDuplicates(FeedTrigger trigger, List<Firing> firings) {
        List<Instant> unmarked = firings.stream()
                .filter(each -> !each.isMarked())
                .map(Firing::scheduled)
                .toList();
        assertThat(unmarked).as("unmarked firings of %s", trigger).doesNotHaveDuplicates();
    }

    /// The last time that was fired before an outage.
    private static Instant settled(SimulatedApi api, FeedTrigger trigger, Instant outage) {
        return api.fired.getOrDefault(name(trigger), List.of()).stream()
                .map(Firing::scheduled)
                .filter(each -> !each.isAfter(outage))
                .reduce((_, b) -> b)
                .orElse(NOON);
    }

    private static Set<Instant> times(List<Firing> firings) {
        var times = new HashSet<Instant>();
        firings.forEach(each -> times.add(each.scheduled()));
        return times;
    }

    private static List<Instant> expected(FeedTrigger trigger, Instant after, Instant end) {
        var times = new ArrayList<Instant>();
        Optional<Instant> next = Schedule.next((Feed.Timed) trigger.feed(), after);
        while (next.isPresent() && next.get().isBefore(end)) {
            times.add(next.get());
            next = Schedule.next((Feed.Timed) trigger.feed(), next.get());
        }
        return times;
    }

    private static String name(FeedTrigger trigger) {
        return trigger.trigger().name().value();
    }
}
