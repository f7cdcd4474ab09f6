package dev.whirl.feeds.manage;

import static dev.whirl.feeds.Examples.GUEST;
import static dev.whirl.feeds.Examples.KEY;
import static dev.whirl.feeds.Examples.NOON;
import static dev.whirl.feeds.Examples.fields;
import static dev.whirl.feeds.Examples.json;
import static dev.whirl.feeds.Examples.trigger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.common.time.ManualClock;
import dev.whirl.common.units.ByteSize;
import dev.whirl.feeds.feed.Feed;
import dev.whirl.feeds.feed.FeedKind;
import dev.whirl.feeds.feed.FeedReader;
import dev.whirl.feeds.feed.FeedTrigger;
import dev.whirl.feeds.feed.InvalidFeedException;
import dev.whirl.feeds.feed.Origin;
import dev.whirl.feeds.registry.FeedRegistry;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.entity.Parameters;
import dev.whirl.model.entity.Trigger;
import dev.whirl.model.entity.Version;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.ConflictException;
import dev.whirl.store.memory.MemoryStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("F-2")
class FeedManagementTest {
    private static final String EVERY_MINUTE = "'cron':'* * * * *'";
    private static final String TOPIC = "'brokers':'b:1','topic':'t'";

    private final MemoryStores stores = new MemoryStores();
    private final FeedRegistry registry = new FeedRegistry(stores.feeds());
    private final ManualClock clock = new ManualClock(NOON);
    private final FeedManagement management = management(this::look);

    /// How many messages each topic has.
    private long messages;

    private Origin look(Feed.Stream feed) {
        return Origin.of(Set.of(((Feed.Kafka) feed).topic()), RawJson.number(messages));
    }

    @BeforeEach
    void makeTriggers() throws ConflictException {
        for (String each : List.of("tick", "tock", "tack", "tuck")) {
            stores.entities()
                    .put(
                            new Trigger(
                                    trigger(each),
                                    Parameters.NONE,
                                    new LinkedHashMap<>(),
                                    Version.FIRST,
                                    new Annotations(new LinkedHashMap<>()),
                                    NOON),
                            null);
        }
    }

    @Test
    @Tag("F-7")
    void aFeedIsCreatedShownUpdatedAndDeleted() throws InvalidFeedException {
        answer("CREATE", "/_/tick", EVERY_MINUTE + ",'trigger_payload':{'a':1}");
        assertThat(answer("READ", "/guest/tick", "")
                        .field("config")
                        .orElseThrow()
                        .field("cron"))
                .contains(RawJson.string("* * * * *"));
        String generation = stored().generation();

        clock.advance(Duration.ofMinutes(1));
        answer("UPDATE", "tick", "'timezone':'Europe/Vienna'");

        assertThat(stored().generation()).isNotEqualTo(generation);
        assertThat(stored().since()).isEqualTo(clock.instant());
        assertThat(stored().delivery().payload()).isEqualTo(json("{'a':1}"));
        assertThat(answer("READ", "tick", "").field("config").orElseThrow().field("timezone"))
                .contains(RawJson.string("Europe/Vienna"));
        answer("DELETE", "tick", "");
        assertThat(registry.find(trigger("tick"))).isEmpty();
        answer("DELETE", "tick", ""); // what is gone can be deleted: a client may repeat it
        assertThatThrownBy(() -> answer("READ", "tick", "")).hasMessage("The trigger tick has no feed.");
    }

    @Test
    void aPausedFeedSaysSoAndGoesOnWhenItIsAsked() throws InvalidFeedException {
        answer("CREATE", "tick", EVERY_MINUTE);

        answer("PAUSE", "tick", "");
        assertThat(stored().status().isActive()).isFalse();
        assertThat(answer("READ", "tick", "").field("status").orElseThrow().field("reason"))
                .contains(json("{'kind':'USER','message':'paused'}"));

        answer("UNPAUSE", "tick", "");
        assertThat(stored().status().isActive()).isTrue();
    }

    @Test
    @Tag("F-8")
    @Tag("attack-13")
    void nobodyManagesTheFeedsOfOthers() throws InvalidFeedException {
        answer("CREATE", "tick", EVERY_MINUTE);

        for (String event : List.of("CREATE", "READ", "UPDATE", "DELETE", "PAUSE", "UNPAUSE")) {
            var request = new FeedRequest(
                    FeedKind.ALARM,
                    new NamespaceName("mallory"),
                    KEY,
                    fields("{'lifecycleEvent':'%s','triggerName':'/guest/tick',%s}".formatted(event, EVERY_MINUTE)));
            assertThatThrownBy(() -> management.answer(request))
                    .isInstanceOfSatisfying(
                            InvalidFeedException.class,
                            e -> assertThat(e.status()).isEqualTo(401))
                    .hasMessage("Trigger authentication request failed.");
        }
        assertThat(stored().status().isActive()).isTrue();
    }

    @Test
    @Tag("F-8")
    void whatCanNotWorkIsRefusedAndNothingIsStored() {
        refused("no trigger name parameter was provided", "", EVERY_MINUTE);
        refused("Trigger authentication request failed.", "none", EVERY_MINUTE);
        refused("Trigger authentication request failed.", "/guest/a/b", EVERY_MINUTE);
        refused("cron pattern '0 0 30 2 *' never fires", "tick", "'cron':'0 0 30 2 *'");
        refused(
                "the first scheduled trigger fire is not until after the stop date",
                "tick",
                "'cron':'0 0 * * *','stopDate':'2026-11-28T13:00:00Z'");
        assertThatThrownBy(() -> answer(FeedKind.INTERVAL, "CREATE", "tick", "'minutes':1,'stopDate':1"))
                .hasMessage("the first scheduled trigger fire is not until after the stop date");
        assertThatThrownBy(() -> answer(FeedKind.ONCE, "CREATE", "tick", "'date':1"))
                .hasMessage("the date parameter 1970-01-01T00:00:00.001Z is not in the future");
        assertThatThrownBy(() -> answer("DANCE", "tick", EVERY_MINUTE))
                .hasMessage("lifecycleEvent must be one of [CREATE, READ, UPDATE, DELETE, PAUSE, UNPAUSE].");
        assertThat(stores.feeds().page("", "", 10)).isEmpty();
    }

    @Test
    void anUpdateThatCanNotWorkLeavesTheFeedAsItWas() throws InvalidFeedException {
        answer("CREATE", "tick", EVERY_MINUTE);
        FeedTrigger before = stored();

        assertThatThrownBy(() -> answer("UPDATE", "tick", "'cron':'x'")).hasMessage("cron pattern 'x' is not valid");
        assertThatThrownBy(() -> answer(FeedKind.INTERVAL, "UPDATE", "tick", "'minutes':1"))
                .hasMessage("tick is fired by the feed alarm");
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void aNamespaceHasOnlySoManyFeeds() throws InvalidFeedException {
        answer("CREATE", "tick", EVERY_MINUTE);
        answer("CREATE", "tock", EVERY_MINUTE);
        answer("CREATE", "tack", EVERY_MINUTE);

        refused("The namespace has 3 feeds, which is the most that is allowed.", "tuck", EVERY_MINUTE);
        answer("CREATE", "tack", EVERY_MINUTE);
        answer("DELETE", "tick", "");
        answer("CREATE", "tuck", EVERY_MINUTE);
    }

    @Test
    void aNamespaceHasOnlySoManyFeedsThatReadOtherServers() throws InvalidFeedException {
        answer(FeedKind.KAFKA, "CREATE", "tick", TOPIC);

        assertThatThrownBy(() -> answer(FeedKind.KAFKA, "CREATE", "tock", TOPIC))
                .isInstanceOfSatisfying(
                        InvalidFeedException.class, e -> assertThat(e.status()).isEqualTo(429))
                .hasMessage("The namespace has 1 feeds that read from other servers or folders, which is the most that"
                        + " is allowed: delete one of their triggers first.");
        answer(FeedKind.KAFKA, "CREATE", "tick", TOPIC);
        answer("CREATE", "tock", EVERY_MINUTE);
        answer(FeedKind.KAFKA, "DELETE", "tick", "");
        answer(FeedKind.KAFKA, "CREATE", "tack", TOPIC);
    }

    @Test
    void ofFeedsThatAreMadeAtTheSameTimeNoneIsOverlooked() throws Exception {
        var both = new CyclicBarrier(2);
        var management = management(feed -> {
            meet(both);
            return look(feed);
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> made = Stream.of("tick", "tock")
                    .map(each -> threads.submit(() -> isMade(management, each)))
                    .toList();

            assertThat(List.of(made.getFirst().get(), made.getLast().get())).containsExactlyInAnyOrder(true, false);
        }
    }

    private static void meet(CyclicBarrier others) {
        try {
            others.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isMade(FeedManagement management, String name) {
        try {
            management.answer(request(FeedKind.KAFKA, "CREATE", name, TOPIC));
            return true;
        } catch (InvalidFeedException e) {
            assertThat(e.status()).isEqualTo(429);
            return false;
        }
    }

    @Test
    void aFeedThatIsTooLargeIsRefusedAndNothingIsStored() throws InvalidFeedException {
        String large = "x".repeat(40_000);
        String twice = EVERY_MINUTE + ",'trigger_payload':{'a':'%s'},'note':'%s'".formatted(large, large);
        assertThatThrownBy(() -> answer("CREATE", "tick", twice))
                .isInstanceOfSatisfying(
                        InvalidFeedException.class, e -> assertThat(e.status()).isEqualTo(400))
                .hasMessageContaining("bytes together, its payload among them, and 65536 are the most");
        assertThat(stores.feeds().page("", "", 10)).isEmpty();

        answer("CREATE", "tick", EVERY_MINUTE + ",'trigger_payload':{'a':'%s'}".formatted(large));
        FeedTrigger before = stored();
        assertThatThrownBy(() -> answer("UPDATE", "tick", "'note':'%s'".formatted(large)))
                .as("with what is there already")
                .hasMessageContaining("65536 are the most");
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void aFeedWhoseSourceHasTooManyPartsIsRefused() {
        var management = management(_ -> Origin.of(Set.of("t"), RawJson.string("x".repeat(200_000))));

        assertThatThrownBy(() -> management.answer(request(FeedKind.KAFKA, "CREATE", "tick", TOPIC)))
                .hasMessageContaining("too many parts")
                .hasMessageContaining("131072 are the most");
        assertThat(stores.feeds().page("", "", 10)).isEmpty();
    }

    @Test
    void aStreamThatIsChangedOrPausedGoesOnWhereItIs() throws InvalidFeedException {
        messages = 5;
        answer(FeedKind.KAFKA, "CREATE", "tick", TOPIC);
        Origin origin = Objects.requireNonNull(stored().origin());
        messages = 9;

        RawJson updated = answer(FeedKind.KAFKA, "UPDATE", "tick", "'isJSONData':true");
        answer(FeedKind.KAFKA, "PAUSE", "tick", "");
        answer(FeedKind.KAFKA, "UNPAUSE", "tick", "");

        assertThat(stored().origin()).isEqualTo(origin);
        assertThat(origin.mark()).isEqualTo(RawJson.number(5));
        assertThat(updated.field("note")).isEmpty();
    }

    @Test
    void aStreamThatReadsAnotherSourceBeginsThereAndItsOwnerIsToldSo() throws InvalidFeedException {
        messages = 5;
        answer(FeedKind.KAFKA, "CREATE", "tick", TOPIC);
        Origin former = Objects.requireNonNull(stored().origin());
        messages = 9;

        RawJson updated = answer(FeedKind.KAFKA, "UPDATE", "tick", "'topic':'other'");

        Origin origin = Objects.requireNonNull(stored().origin());
        assertThat(origin.id()).isNotEqualTo(former.id());
        assertThat(origin.mark()).isEqualTo(RawJson.number(9));
        assertThat(updated.field("note").flatMap(RawJson::asText).orElseThrow())
                .contains("reads another source now and tells what happens there from now on");
    }

    @Test
    void theFeedsOfANamespaceHaveASizeTogetherAndMayAlwaysBecomeSmaller() throws InvalidFeedException {
        String large = EVERY_MINUTE + ",'trigger_payload':{'text':'%s'}".formatted("x".repeat(60_000));
        answer("CREATE", "tick", large);

        assertThatThrownBy(() -> answer("CREATE", "tock", large))
                .isInstanceOfSatisfying(
                        InvalidFeedException.class, e -> assertThat(e.status()).isEqualTo(413))
                .hasMessageContaining("bytes together")
                .hasMessageContaining("feeds.max-size-per-namespace");
        assertThat(registry.find(trigger("tock"))).isEmpty();
        answer("CREATE", "tock", EVERY_MINUTE);
        assertThatThrownBy(() -> answer("UPDATE", "tock", large)).hasMessageContaining("bytes together");
        answer("UPDATE", "tick", "'trigger_payload':{}");
        answer("UPDATE", "tock", large);

        var narrow = management(this::look, ByteSize.kibibytes(10));
        narrow.answer(request(
                FeedKind.ALARM, "UPDATE", "tock", "'trigger_payload':{'text':'%s'}".formatted("x".repeat(50_000))));
    }

    @Test
    void aWebhookTellsItsAddressAndNeverItsSecret() throws InvalidFeedException {
        RawJson made = answer(FeedKind.WEBHOOK, "CREATE", "tick", "'sender':'github','secret':'0123456789'");
        RawJson shown = answer(FeedKind.WEBHOOK, "READ", "tick", "");

        assertThat(made.field("url"))
                .contains(RawJson.string("https://faas.example.com/api/v1/webhooks/guest/tick"))
                .isEqualTo(shown.field("url"));
        assertThat(shown.toString()).contains("x-hub-signature-256").doesNotContain("0123456789");
    }

    private void refused(String sentence, String name, String parameters) {
        assertThatThrownBy(() -> answer("CREATE", name, parameters)).hasMessage(sentence);
    }

    private FeedTrigger stored() {
        return registry.find(trigger("tick")).orElseThrow().trigger();
    }

    private RawJson answer(String event, String name, String parameters) throws InvalidFeedException {
        return answer(FeedKind.ALARM, event, name, parameters);
    }

    private RawJson answer(FeedKind kind, String event, String name, String parameters) throws InvalidFeedException {
        return management.answer(request(kind, event, name, parameters));
    }

    private static FeedRequest request(FeedKind kind, String event, String name, String parameters) {
        String call = "{'lifecycleEvent':'%s','triggerName':'%s'%s}"
                .formatted(event, name, parameters.isEmpty() ? "" : "," + parameters);
        return new FeedRequest(kind, GUEST, KEY, fields(call));
    }

    private FeedManagement management(FeedManagement.Probe probe) {
        return management(probe, ByteSize.kibibytes(100));
    }

    private FeedManagement management(FeedManagement.Probe probe, ByteSize size) {
        return new FeedManagement(
                registry,
                stores.entities(),
                new FeedReader(true),
                new Room(registry, new Room.Bounds(3, 1, 10, size), new SimpleMeterRegistry()),
                "https://faas.example.com",
                probe,
                clock);
    }
}
