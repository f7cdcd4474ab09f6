package dev.whirl.server.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.feeds.feed.Feed;
import dev.whirl.feeds.feed.FeedKind;
import dev.whirl.feeds.feed.FeedReader;
import dev.whirl.feeds.feed.FeedStatus;
import dev.whirl.feeds.feed.FeedTrigger;
import dev.whirl.feeds.feed.InvalidFeedException;
import dev.whirl.feeds.registry.FeedRegistry;
import dev.whirl.feeds.schedule.Schedule;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.AuthKey;
import dev.whirl.model.json.RawJson;
import dev.whirl.server.feeds.RecordingApi.Firing;
import dev.whirl.store.couchdb.CouchDesign;
import dev.whirl.store.couchdb.CouchServer;
import dev.whirl.store.couchdb.CouchStoreConfig;
import dev.whirl.store.couchdb.CouchStores;
import dev.whirl.store.memory.MemoryStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two processes `whirl feeds` share many alarms, and one of them is killed: each time must be fired, and what is fired
/// twice must say so. `-Dwhirl.feeds.soak=10m` for the long run, with a thousand alarms.
@Tag("F-4")
class FeedsSoakTest {
    private static final Duration TIME =
            Duration.parse("PT" + System.getProperty("whirl.feeds.soak", "30s").toUpperCase(java.util.Locale.ROOT));
    private static final int ALARMS = TIME.compareTo(Duration.ofMinutes(1)) > 0 ? 1000 : 200;
    private static final Duration LEASE = Duration.ofSeconds(4);
    private static final NamespaceName GUEST = new NamespaceName("guest");

    @TempDir
    private Path folder;

    private final List<Process> processes = new ArrayList<>();

    @Test
    void everyTimeIsFiredThoughAProviderIsKilled() throws Exception {
        try (var database = CouchServer.start();
                var api = RecordingApi.start()) {
            CouchDesign.init(database.config("soak_"), new SimpleMeterRegistry(), CouchDesign.Replace.NEEDED);
            List<FeedTrigger> triggers = register(database.config("soak_"));
            Process first = provider(database.config("soak_"), api);
            Process second = provider(database.config("soak_"), api);
            await("both fire")
                    .atMost(Duration.ofMinutes(1))
                    .until(() ->
                            first.isAlive() && second.isAlive() && api.firings().size() >= ALARMS);
            Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS);
            Instant end = begin.plus(TIME);

            await().atMost(TIME).until(() -> Instant.now().isAfter(begin.plus(TIME.dividedBy(3))));
            first.destroyForcibly().onExit().join();
            await("the last firing").atMost(TIME.plusSeconds(60)).until(() -> isDone(triggers, api, begin, end));

            check(triggers, api.firings(), begin, end);
        } finally {
            processes.forEach(each -> each.destroyForcibly().onExit().join());
        }
    }

    private static boolean isDone(List<FeedTrigger> triggers, RecordingApi api, Instant begin, Instant end) {
        Map<String, List<Firing>> firings = api.firings();
        return Instant.now().isAfter(end)
                && triggers.stream()
                        .allMatch(each -> times(firings.getOrDefault(name(each), List.of()))
                                .containsAll(expected(each, begin, end)));
    }

    private static void check(
            List<FeedTrigger> triggers, Map<String, List<Firing>> firings, Instant begin, Instant end) {
        long marked = 0;
        long count = 0;
        for (FeedTrigger each : triggers) {
            List<Firing> own = firings.getOrDefault(name(each), List.of());
            assertThat(times(own)).as("%s", each).containsAll(expected(each, begin, end));
            assertThat(own.stream().filter(firing -> !firing.isMarked()).map(Firing::scheduled))
                    .as("unmarked firings of %s", each)
                    .doesNotHaveDuplicates();
            marked += own.stream().filter(Firing::isMarked).count();
            count += own.size();
        }
        System.out.printf("%d alarms, %d firings, %d of them marked as maybe repeated%n", ALARMS, count, marked);
    }

    private static List<FeedTrigger> register(CouchStoreConfig config) throws InvalidFeedException {
        var triggers = new ArrayList<FeedTrigger>();
        try (var stores = CouchStores.open(config, new SimpleMeterRegistry(), new MemoryStores().journal())) {
            var registry = new FeedRegistry(stores.feeds());
            for (int i = 0; i < ALARMS; i++) {
                FeedTrigger trigger = trigger(i);
                registry.save(trigger);
                triggers.add(trigger);
            }
        }
        return triggers;
    }

    private static FeedTrigger trigger(int number) throws InvalidFeedException {
        SequencedMap<String, RawJson> parameters = new LinkedHashMap<>();
        parameters.put("cron", RawJson.string(number % 10 + "/10 * * * * *"));
        parameters.put("missed", RawJson.string(number % 2 == 0 ? "all" : "skip"));
        parameters.put("scheduleInfo", RawJson.TRUE);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        var reader = new FeedReader(true);
        return new FeedTrigger(
                EntityId.of(GUEST, new EntityName("alarm" + number)),
                new AuthKey("uuid", "secret"),
                FeedKind.ALARM,
                parameters,
                reader.feed(FeedKind.ALARM, parameters, now),
                reader.delivery(FeedKind.ALARM, parameters),
                "first",
                now,
                FeedStatus.active(now),
                null);
    }

    private Process provider(CouchStoreConfig config, RecordingApi api) throws IOException {
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx192m",
                        "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile", ""),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.whirl.server.Main",
                        "feeds",
                        "--set",
                        "http.port=0",
                        "--set",
                        "feeds.api-host=" + api.address(),
                        "--set",
                        "feeds.refresh=500ms",
                        "--set",
                        "feeds.lease=" + LEASE.toMillis() + "ms",
                        "--set",
                        "store.couchdb.prefix=" + config.prefix(),
                        "--set",
                        "store.couchdb.url=" + config.access().url())
                .redirectErrorStream(true)
                .redirectOutput(
                        folder.resolve("provider" + processes.size() + ".txt").toFile());
        builder.environment().put("WHIRL_STORE_COUCHDB_USER", config.access().user());
        builder.environment()
                .put("WHIRL_STORE_COUCHDB_PASSWORD", config.access().password());
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private static List<Instant> expected(FeedTrigger trigger, Instant begin, Instant end) {
        var times = new ArrayList<Instant>();
        Optional<Instant> next = Schedule.next((Feed.Timed) trigger.feed(), begin);
        while (next.isPresent() && next.get().isBefore(end)) {
            times.add(next.get());
            next = Schedule.next((Feed.Timed) trigger.feed(), next.get());
        }
        return times;
    }

    private static Set<Instant> times(List<Firing> firings) {
        return firings.stream().map(Firing::scheduled).collect(Collectors.toSet());
    }

    private static String name(FeedTrigger trigger) {
        return trigger.trigger().name().value();
    }
}
