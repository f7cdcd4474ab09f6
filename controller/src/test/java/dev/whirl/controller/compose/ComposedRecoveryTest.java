package dev.whirl.controller.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.controller.Http;
import dev.whirl.controller.Http.Reply;
import dev.whirl.controller.TestPlatform;
import dev.whirl.controller.TestPlatform.Options;
import dev.whirl.controller.place.PlacementConfig;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.message.Invocation;
import dev.whirl.store.memory.MemoryStores;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Sequences that were accepted before the server died.
class ComposedRecoveryTest {
    private static final Options IMPATIENT = Options.STANDARD.withDrainTimeout(Duration.ofMillis(10));

    @Test
    @Tag("R-180")
    @Tag("attack-43")
    void oneThatHadNotStartedIsRunAndOneThatHadGetsItsOnlyRecord() {
        var stores = new MemoryStores();
        String lost;
        ActivationId waiting = ActivationId.random();
        try (var before = TestPlatform.start(IMPATIENT, stores)) {
            before.asGuest().putNodeAction("a");
            Composites.putSequence(before.asGuest(), "s", "/_/a", "/_/a");
            before.invoker().hold();
            lost = before.asGuest().post("actions/s", "{\"n\":1}").at("activationId");
            await().until(() -> !before.invoker().received().isEmpty());
            Invocation started =
                    stores.journal().unfinished(null, 10).getFirst().invocation();
            stores.journal().accept(another(started, waiting));
        }

        try (var after = TestPlatform.start(IMPATIENT, stores)) {
            Http guest = after.asGuest();
            await().until(() -> guest.get("activations/" + waiting).status() == 200);
            assertThat(guest.get("activations/" + waiting).at("response.result"))
                    .isEqualTo("{\"n\":1}");
            Reply record = guest.get("activations/" + lost);
            assertThat(record.at("response.status")).isEqualTo("whisk internal error");
            assertThat(Composites.annotation(record, "topmost")).isEqualTo("true");
            assertThat(record.at("response.result.error"))
                    .isEqualTo("The platform stopped while this activation may have been running."
                            + " It was not run again.");
            assertThat(after.invoker().received())
                    .hasSize(2)
                    .allSatisfy(each -> assertThat(each.cause()).isEqualTo(waiting));
            assertThat(stores.journal().unfinished(null, 10)).isEmpty();
        }
    }

    @Test
    @Tag("R-180")
    @Tag("attack-43")
    void oneWhoseComponentIsNotTheCallersAnyMoreEndsInARecord() {
        var stores = new MemoryStores();
        ActivationId waiting = ActivationId.random();
        try (var before = TestPlatform.start(IMPATIENT, stores)) {
            before.asGuest().putNodeAction("a");
            Composites.putConductor(before.asGuest(), "c");
            before.invoker().hold();
            before.asGuest().post("actions/c", "{}");
            await().until(() -> !before.invoker().received().isEmpty());
            Invocation started =
                    stores.journal().unfinished(null, 10).getFirst().invocation();
            stores.journal().accept(another(started, waiting));
            before.asGuest().delete("actions/c");
        }

        try (var after = TestPlatform.start(IMPATIENT, stores)) {
            Http guest = after.asGuest();
            await().until(() -> guest.get("activations/" + waiting).status() == 200);
            assertThat(guest.get("activations/" + waiting).at("response.result.error"))
                    .isEqualTo("Action could not be found or may have been deleted.");
        }
    }

    @Test
    @Tag("R-180")
    @Tag("attack-43")
    void oneThatHadNotStartedWaitsForTheFirstInvoker() {
        var stores = new MemoryStores();
        ActivationId waiting = ActivationId.random();
        try (var before = TestPlatform.start(IMPATIENT, stores)) {
            before.asGuest().putNodeAction("a");
            Composites.putSequence(before.asGuest(), "s", "/_/a");
            before.invoker().hold();
            before.asGuest().post("actions/s", "{}");
            await().until(() -> !before.invoker().received().isEmpty());
            Invocation started =
                    stores.journal().unfinished(null, 10).getFirst().invocation();
            stores.journal().accept(another(started, waiting));
        }

        var noPatience = new PlacementConfig(Duration.ofNanos(1), 100, 1_000, Duration.ofHours(1));
        try (var after = TestPlatform.start(IMPATIENT.withPlacement(noPatience), stores)) {
            Http guest = after.asGuest();
            await().until(() -> guest.get("activations/" + waiting).status() == 200);
            assertThat(guest.get("activations/" + waiting).at("response.success"))
                    .isEqualTo("true");
        }
    }

    @Test
    @Tag("R-180")
    void stoppingWaitsForSequencesWithoutACaller() {
        var stores = new MemoryStores();
        String id;
        var platform = TestPlatform.start(Options.STANDARD, stores);
        platform.asGuest().putNodeAction("a");
        Composites.putSequence(platform.asGuest(), "s", "/_/a", "/_/a", "/_/a");
        Composites.script(platform, Map.of());
        var held = platform.invoker().hold();
        id = platform.asGuest().post("actions/s", "{}").at("activationId");
        await().until(() -> !platform.invoker().received().isEmpty());

        Thread stopping = Thread.startVirtualThread(platform.controller()::drain);
        held.countDown();

        await().until(() -> !stopping.isAlive());
        assertThat(stores.journal().unfinished(null, 10)).isEmpty();
        platform.close();
        try (var after = TestPlatform.start(Options.STANDARD, stores)) {
            assertThat(after.asGuest().get("activations/" + id).at("response.success"))
                    .isEqualTo("true");
        }
    }

    private static Invocation another(Invocation from, ActivationId id) {
        return new Invocation(
                from.transaction(),
                id,
                from.action(),
                from.revision(),
                from.binding(),
                from.caller(),
                from.arguments(),
                from.initArguments(),
                from.lockedArguments(),
                from.isBlocking(),
                from.isAccepted(),
                from.cause(),
                from.replyTo(),
                from.createdAt());
    }
}
