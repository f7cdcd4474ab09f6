package dev.whirl.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.common.time.ManualClock;
import dev.whirl.common.units.ByteSize;
import dev.whirl.controller.Http.Reply;
import dev.whirl.controller.TestPlatform.Options;
import dev.whirl.controller.place.PlacementConfig;
import dev.whirl.controller.place.Pools;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.limits.NamespaceLimits;
import dev.whirl.model.message.Invocation;
import dev.whirl.store.ConflictException;
import dev.whirl.store.memory.MemoryStores;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What was accepted before the server died, and what happens to calls in flight when it stops.
class RecoveryTest {
    private static final PlacementConfig WAITING_AN_HOUR = new PlacementConfig(
            Duration.ofMillis(1), 100, 1_000, Duration.ofDays(9), Pools.DEFAULT, Duration.ofHours(1));
    private static final String LARGE = """
            {"exec":{"kind":"nodejs:20","code":"function main() {}"},"limits":{"memory":512}}""";
    private static final Options IMPATIENT = Options.STANDARD.withDrainTimeout(Duration.ofMillis(10));

    @Test
    @Tag("I-3")
    @Tag("attack-43")
    void whatHadNotStartedIsSentAgainAndWhatMayHaveStartedGetsARecord() {
        var stores = new MemoryStores();
        Invocation waiting;
        Invocation started;
        try (var before = TestPlatform.start(IMPATIENT, stores)) {
            before.asGuest().putNodeAction("a");
            before.invoker().hold();
            before.asGuest().post("actions/a", "{\"n\":1}");
            before.asGuest().post("actions/a", "{\"n\":2}");
            waiting = before.invoker().received().get(0);
            started = before.invoker().received().get(1);
            stores.journal().started(started.id());
        }

        try (var after = TestPlatform.start(IMPATIENT, stores)) {
            Http guest = after.asGuest();

            await().until(() -> guest.get("activations/" + waiting.id()).status() == 200);
            assertThat(guest.get("activations/" + waiting.id()).at("response.result"))
                    .isEqualTo("{\"n\":1}");
            Reply lost = guest.get("activations/" + started.id());
            assertThat(lost.at("response"))
                    .isEqualTo("{\"status\":\"whisk internal error\",\"success\":false,\"result\":{\"error\":"
                            + "\"The platform stopped while this activation may have been running. It was not run"
                            + " again.\"}}");
            assertThat(lost.at("annotations"))
                    .isEqualTo("[{\"key\":\"path\",\"value\":\"guest/a\"},{\"key\":\"kind\",\"value\":\"nodejs:20\"},"
                            + "{\"key\":\"limits\",\"value\":{\"timeout\":60000,\"memory\":256,\"logs\":10,"
                            + "\"concurrency\":1}},{\"key\":\"timeout\",\"value\":false}]");
            assertThat(after.invoker().received()).extracting(Invocation::id).containsExactly(waiting.id());
            assertThat(stores.journal().unfinished(null, 100)).isEmpty();
        }
    }

    @Test
    @Tag("attack-43")
    void anAcceptedCallThatTheBusDoesNotTakeGetsItsRecordOnceTheStoreCanWrite() {
        var sound = new MemoryStores();
        var stores = new FaultyStores(sound);
        try (var platform = TestPlatform.start(IMPATIENT, sound, stores)) {
            Http guest = platform.asGuest();
            guest.putNodeAction("a");
            platform.invoker().close(); // its last heartbeat still counts
            stores.setFull(true);

            assertThat(guest.post("actions/a", "{}").status()).isEqualTo(503);
            await().until(() -> stores.refused() >= 2);
            Invocation accepted = sound.journal().unfinished(null, 1).getFirst().invocation();
            stores.setFull(false);

            await().until(() -> guest.get("activations/" + accepted.id()).status() == 200);
            assertThat(guest.get("activations/" + accepted.id()).at("response.status"))
                    .isEqualTo("whisk internal error");
            assertThat(sound.journal().unfinished(null, 100)).isEmpty();
        }
    }

    @Test
    @Tag("attack-43")
    void oneThatNoInvokerCanHoldLetsOthersPassAndEndsWithARecord() {
        var stores = new MemoryStores();
        var clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
        Options options = IMPATIENT.withClock(clock).withPlacement(WAITING_AN_HOUR);
        String large;
        String small;
        try (var before = TestPlatform.start(options, stores)) {
            Http guest = before.asGuest();
            guest.put("actions/large", LARGE);
            guest.putNodeAction("small");
            before.invoker().hold();
            large = guest.post("actions/large", "{}").at("activationId");
            small = guest.post("actions/small", "{}").at("activationId");
        }

        try (var after = TestPlatform.startWithPool(options, stores, ByteSize.mebibytes(256))) {
            Http guest = after.asGuest();
            await().until(() -> guest.get("activations/" + small).status() == 200);
            assertThat(guest.get("activations/" + large).status()).isEqualTo(404);
            assertThat(guest.post("actions/large", "{}").error())
                    .isEqualTo("The server is currently unavailable: no invoker has 512 MB of memory for one action.");

            clock.advance(Duration.ofMinutes(61));

            await().until(() -> guest.get("activations/" + large).status() == 200);
            assertThat(guest.get("activations/" + large).at("response.result"))
                    .isEqualTo("{\"error\":\"Failed to provision resources to run the action. In 1h no invoker had a"
                            + " place for it.\"}");
            assertThat(stores.journal().unfinished(null, 100)).isEmpty();
        }
    }

    @Test
    @Tag("attack-45")
    void aClockThatLeapsAheadMakesNoAcceptedCallTooLate() {
        var stores = new MemoryStores();
        var clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
        var steady = new ManualClock(Instant.EPOCH);
        Options options = IMPATIENT.withClock(clock).withSteady(steady).withPlacement(WAITING_AN_HOUR);
        String large;
        String small;
        try (var before = TestPlatform.start(options, stores)) {
            Http guest = before.asGuest();
            guest.put("actions/large", LARGE);
            guest.putNodeAction("small");
            before.invoker().hold();
            large = guest.post("actions/large", "{}").at("activationId");
            small = guest.post("actions/small", "{}").at("activationId");
        }

        try (var after = TestPlatform.startWithPool(options, stores, ByteSize.mebibytes(256))) {
            Http guest = after.asGuest();
            await().until(() -> guest.get("activations/" + small).status() == 200);

            clock.advance(Duration.ofDays(8));

            await().during(Duration.ofMillis(500))
                    .until(() -> guest.get("activations/" + large).status() == 404);
            steady.advance(Duration.ofMinutes(61));
            await().until(() -> guest.get("activations/" + large).status() == 200);
        }
    }

    @Test
    @Tag("attack-43")
    void anAcceptedCallOfAnActionThatIsGoneEndsInARecordToo() {
        var stores = new MemoryStores();
        Invocation sent;
        try (var before = TestPlatform.start(IMPATIENT, stores)) {
            before.asGuest().putNodeAction("a");
            before.invoker().hold();
            before.asGuest().post("actions/a", "{}");
            sent = before.invoker().received().getFirst();
            before.asGuest().delete("actions/a");
        }

        try (var after = TestPlatform.start(IMPATIENT, stores)) {
            await().until(() -> after.asGuest().get("activations/" + sent.id()).status() == 200);
            assertThat(after.asGuest().get("activations/" + sent.id()).at("response.result.error"))
                    .isEqualTo("Action could not be found or may have been deleted.");
            assertThat(after.asGuest().get("activations/" + sent.id()).at("response.status"))
                    .isEqualTo("application error");
        }
    }

    @Test
    @Tag("attack-43")
    void aNameThatMeansSomethingElseByNowKeepsNobodyFromStarting() {
        var stores = new MemoryStores();
        Invocation waiting;
        Invocation started;
        Invocation other;
        try (var before = TestPlatform.start(IMPATIENT, stores)) {
            before.asGuest().putNodeAction("a");
            before.asGuest().putNodeAction("b");
            before.invoker().hold();
            before.asGuest().post("actions/a", "{}");
            before.asGuest().post("actions/a", "{}");
            before.asGuest().post("actions/b", "{}");
            waiting = before.invoker().received().get(0);
            started = before.invoker().received().get(1);
            other = before.invoker().received().get(2);
            stores.journal().started(started.id());
            before.asGuest().delete("actions/a");
            before.asGuest().put("packages/a", "{}");
        }

        try (var after = TestPlatform.start(IMPATIENT, stores)) {
            Http guest = after.asGuest();
            await().until(() -> stores.journal().unfinished(null, 100).isEmpty());
            assertThat(guest.get("activations/" + waiting.id()).at("response.result.error"))
                    .isEqualTo("Action could not be found or may have been deleted.");
            assertThat(guest.get("activations/" + started.id()).at("response.status"))
                    .isEqualTo("whisk internal error");
            assertThat(guest.get("activations/" + other.id()).at("response.success"))
                    .isEqualTo("true");
        }
    }

    @Test
    @Tag("attack-43")
    @Tag("attack-44")
    void anAcceptedCallOfAnActionThatCanNotBeReadEndsInARecordAndHoldsUpNobody() {
        var stores = new MemoryStores();
        Invocation unreadable = acceptedBefore(stores, "a");
        Invocation other = acceptedBefore(stores, "b");
        var damaged = new FaultyStores(stores);
        damaged.damage("a");

        try (var after = TestPlatform.start(IMPATIENT, stores, damaged)) {
            await().until(() -> stores.journal().unfinished(null, 100).isEmpty());
            Http guest = after.asGuest();
            assertThat(guest.get("activations/" + unreadable.id()).at("response.result.error"))
                    .isEqualTo("Resource is corrupted and cannot be read.");
            assertThat(guest.get("activations/" + unreadable.id()).at("response.status"))
                    .isEqualTo("whisk internal error");
            assertThat(guest.get("activations/" + other.id()).at("response.success"))
                    .isEqualTo("true");
        }
    }

    @Test
    @Tag("attack-43")
    @Tag("attack-44")
    void anAcceptedCallIsSentWhenTheStoreCanBeReadAgain() {
        var stores = new MemoryStores();
        Invocation accepted = acceptedBefore(stores, "a");
        var faulty = new FaultyStores(stores);
        faulty.setOutOfReach(true);

        try (var after = TestPlatform.start(IMPATIENT, stores, faulty)) {
            await().until(() -> faulty.refused() > 0);
            assertThat(after.invoker().received()).isEmpty();
            faulty.setOutOfReach(false);

            await().until(() -> stores.journal().unfinished(null, 100).isEmpty());
            assertThat(after.invoker().received()).extracting(Invocation::id).containsExactly(accepted.id());
        }
    }

    /// Accepted by a server that ended before it was run.
    private static Invocation acceptedBefore(MemoryStores stores, String action) {
        try (var before = TestPlatform.start(IMPATIENT)) {
            before.asGuest().putNodeAction(action);
            before.invoker().hold();
            before.asGuest().post("actions/" + action, "{}");
            Invocation sent = before.invoker().received().getFirst();
            copy(before.stores(), stores, sent);
            return sent;
        }
    }

    private static void copy(MemoryStores from, MemoryStores to, Invocation accepted) {
        try {
            to.entities()
                    .put(from.entities().find(accepted.action()).orElseThrow().entity(), null);
        } catch (ConflictException e) {
            throw new AssertionError(e);
        }
        to.journal().accept(accepted);
    }

    @Test
    @Tag("R-139")
    void noRecordIsMadeForANamespaceThatWantsNone() {
        var stores = new MemoryStores();
        stores.subjects().putLimits(new NamespaceName("guest"), new NamespaceLimits(null, null, null, null, false));
        Invocation started;
        try (var before = TestPlatform.start(IMPATIENT, stores)) {
            before.asGuest().putNodeAction("a");
            before.invoker().hold();
            before.asGuest().post("actions/a", "{}");
            started = before.invoker().received().getFirst();
            stores.journal().started(started.id());
        }

        try (var after = TestPlatform.start(IMPATIENT, stores)) {
            assertThat(stores.journal().unfinished(null, 100)).isEmpty();
            assertThat(after.asGuest().get("activations/" + started.id()).status())
                    .isEqualTo(404);
        }
    }

    @Test
    @Tag("R-85")
    void stoppingWaitsForCallsInFlightAndRefusesNewOnes() throws Exception {
        var platform = TestPlatform.start();
        Http guest = platform.asGuest();
        guest.putNodeAction("a");
        var held = platform.invoker().hold();
        var replies = new java.util.concurrent.LinkedBlockingQueue<Reply>();
        Thread.startVirtualThread(() -> replies.add(guest.post("actions/a?blocking=true", "{}")));
        await().until(() -> !platform.invoker().received().isEmpty());
        try (var open = new RawSocket(platform.port())) {
            open.send("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n").readResponse();

            Thread stopping = Thread.startVirtualThread(platform.controller()::stop);
            await().until(() -> new RawSocket(platform.port())
                    .send("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n")
                    .readResponse()
                    .startsWith("HTTP/1.1 503"));

            assertThat(open.send("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n").readResponse())
                    .startsWith("HTTP/1.1 503 ")
                    .containsIgnoringCase("connection: close");
            held.countDown();
            stopping.join();
        }
        assertThat(replies.poll(5, java.util.concurrent.TimeUnit.SECONDS))
                .isNotNull()
                .satisfies(each -> assertThat(each.status()).isEqualTo(200));
    }
}
