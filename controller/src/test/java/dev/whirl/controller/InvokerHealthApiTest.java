package dev.whirl.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.common.time.ManualClock;
import dev.whirl.controller.Http.Reply;
import dev.whirl.controller.TestPlatform.Options;
import dev.whirl.controller.events.EventsConfig;
import dev.whirl.model.activation.ActivationResponse.Status;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.Message;
import dev.whirl.model.message.Topic;
import dev.whirl.model.message.UserEvent;
import dev.whirl.store.Activations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// An invoker that can't run actions, and what becomes of it.
@Tag("I-14")
class InvokerHealthApiTest {
    private static final NamespaceName SYSTEM = new NamespaceName("whisk.system");
    private static final EntityId TEST_ACTION = EntityId.of(SYSTEM, new EntityName("invokerHealthTestAction0"));

    /// As [TestPlatform] has it.
    private static final Duration SILENCE = Duration.ofHours(1);

    private final Queue<Message> events = new ConcurrentLinkedQueue<>();

    @Test
    @Tag("R-47")
    @Tag("R-171")
    void aFaultyInvokerIsTestedUntilItCanRunActionsAgain() {
        try (var platform = start()) {
            Http guest = platform.asGuest();
            Http nobody = new Http(platform.port(), "");
            platform.invoker().atFault(true);
            callFourTimes(guest);

            assertThat(nobody.get("/invokers").body()).isEqualTo("{\"invoker0\":\"unhealthy\"}");
            assertThat(nobody.get("/invokers/ready").body()).isEqualTo("{\"unhealthy\":\"0/1\"}");
            await().until(() -> !tests(platform).isEmpty());
            Reply refused = guest.post("actions/a", "{}");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.error())
                    .startsWith("The server is currently unavailable: no invoker takes work (invoker0 is unhealthy,"
                            + " it was at fault in ");
            assertThat(platform.as(TestPlatform.SYSTEM).get("/invokers/reasons").body())
                    .startsWith("{\"invoker0\":{\"state\":\"unhealthy\",\"reason\":\"it was at fault in ");
            assertThat(platform.meters()
                            .get("whirl_invokers")
                            .tag("state", "unhealthy")
                            .gauge()
                            .value())
                    .isEqualTo(1);
            platform.invoker().atFault(false);

            await().until(() -> nobody.get("/invokers").body().equals("{\"invoker0\":\"up\"}"));
            assertThat(guest.post("actions/a?blocking=true", "{}").status()).isEqualTo(200);
        }
    }

    @Test
    @Tag("attack-45")
    void aClockThatIsSetMakesNoInvokerLookLostAndNoLostOneAlive() {
        var clock = new ManualClock(Instant.parse("2026-01-01T12:00:00Z"));
        var steady = new ManualClock(Instant.EPOCH);
        var options = Options.STANDARD.withClock(clock).withSteady(steady);
        try (var platform = TestPlatform.start(options)) {
            var nobody = new Http(platform.port(), "");

            clock.advance(Duration.ofDays(1));
            assertThat(nobody.get("/invokers").body()).isEqualTo("{\"invoker0\":\"up\"}");

            clock.advance(Duration.ofDays(-2));
            steady.advance(SILENCE);
            assertThat(nobody.get("/invokers").body()).isEqualTo("{\"invoker0\":\"down\"}");
        }
    }

    @Test
    void testsAreNobodysAndLeaveNothingBehind() {
        try (var platform = start()) {
            Http guest = platform.asGuest();
            Http nobody = new Http(platform.port(), "");
            platform.invoker().atFault(true);
            callFourTimes(guest);
            platform.invoker().atFault(false);
            await().until(() -> nobody.get("/invokers").body().equals("{\"invoker0\":\"up\"}"));

            List<Invocation> tests = tests(platform);

            assertThat(tests).hasSizeGreaterThanOrEqualTo(7);
            assertThat(tests).allSatisfy(each -> {
                assertThat(each.isAccepted()).isFalse();
                assertThat(each.caller().limits().storeActivations()).isFalse();
                assertThat(each.caller().namespace().uuid()).isNotEqualTo(TestPlatform.SYSTEM.uuid());
            });
            assertThat(platform.stores()
                            .activations()
                            .count(new Activations.Query(SYSTEM, null, null, null, null, 0, 0)))
                    .isZero();
            assertThat(platform.meters()
                            .get("whirl_calls")
                            .tag("outcome", "success")
                            .counter()
                            .count())
                    .isEqualTo(4);
            assertThat(platform.meters().get("whirl_in_flight").gauge().value()).isZero();
            await().until(() -> events.size() == 4);
            Action stored = (Action)
                    platform.stores().entities().find(TEST_ACTION).orElseThrow().entity();
            assertThat(stored.exec().kind()).isEqualTo("nodejs:20");
            assertThat(stored.limits().memory().toMebibytes()).isEqualTo(128);
        }
    }

    @Test
    void aTestWhoseCodeFailsIsNoProof() {
        try (var platform = start()) {
            Http guest = platform.asGuest();
            platform.invoker().atFault(true);
            callFourTimes(guest);
            platform.invoker().atFault(false);
            platform.invoker().answerWith(Status.DEVELOPER_ERROR, "{\"error\":\"it died\"}");

            await().until(() -> tests(platform).size() >= 2);

            assertThat(new Http(platform.port(), "").get("/invokers").body()).isEqualTo("{\"invoker0\":\"unhealthy\"}");
        }
    }

    @Test
    void whatCallersDoWrongIsNotHeldAgainstTheInvoker() {
        try (var platform = start()) {
            Http guest = platform.asGuest();
            guest.putNodeAction("a");
            platform.invoker().answerWith(Status.WHISK_ERROR, "{\"error\":\"no such image\"}");

            for (int i = 0; i < 10; i++) {
                guest.post("actions/a?blocking=true", "{}");
            }

            assertThat(new Http(platform.port(), "").get("/invokers").body()).isEqualTo("{\"invoker0\":\"up\"}");
            assertThat(tests(platform)).isEmpty();
        }
    }

    private TestPlatform start() {
        TestPlatform platform = TestPlatform.start(Options.STANDARD.withEvents(new EventsConfig(true, false)));
        platform.bus().subscribe(new Topic.Events(), message -> {
            if (message instanceof UserEvent event && event.body() instanceof UserEvent.Body.Activation) {
                events.add(event);
            }
        });
        return platform;
    }

    private static void callFourTimes(Http guest) {
        guest.putNodeAction("a");
        for (int i = 0; i < 4; i++) {
            assertThat(guest.post("actions/a?blocking=true", "{}").status()).isEqualTo(200);
        }
    }

    private static List<Invocation> tests(TestPlatform platform) {
        return List.copyOf(platform.invoker().received()).stream()
                .filter(each -> each.action().equals(TEST_ACTION))
                .toList();
    }
}
