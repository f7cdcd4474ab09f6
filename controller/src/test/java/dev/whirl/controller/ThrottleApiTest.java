package dev.whirl.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.common.time.ManualClock;
import dev.whirl.controller.Http.Reply;
import dev.whirl.controller.TestPlatform.Options;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.limits.NamespaceLimits;
import dev.whirl.model.limits.SystemLimits;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Quotas, as callers meet them.
class ThrottleApiTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:30Z"));

    @Test
    @Tag("R-151")
    @Tag("R-152")
    @Tag("R-153")
    void callsBeyondTheQuotaOfTheMinuteAreRefusedAndCounted() {
        try (var platform = TestPlatform.start(Options.STANDARD.withClock(clock))) {
            limit(platform, new NamespaceLimits(2, null, null, null, null));
            Http guest = platform.asGuest();
            guest.putNodeAction("a");
            guest.post("actions/a", "{}");
            guest.post("actions/missing", "{}");

            Reply third = guest.post("actions/a", "{}");
            Reply foreign = guest.post("/api/v1/namespaces/other/actions/x", "{}");

            assertThat(third.status()).isEqualTo(429);
            assertThat(third.error()).isEqualTo("Too many requests in the last minute (count: 3, allowed: 2).");
            assertThat(foreign.error()).isEqualTo("Too many requests in the last minute (count: 4, allowed: 2).");
            assertThat(guest.get("actions/a").status()).isEqualTo(200);
            clock.advance(Duration.ofSeconds(30));
            assertThat(guest.post("actions/a", "{}").status()).isEqualTo(202);
            assertThat(platform.meters()
                            .get("whirl_calls")
                            .tag("outcome", "throttled")
                            .counter()
                            .count())
                    .isEqualTo(2);
        }
    }

    @Test
    @Tag("R-151")
    void callsBeyondTheConcurrencyAreRefusedUntilOneEnds() {
        try (var platform = TestPlatform.start()) {
            limit(platform, new NamespaceLimits(null, 2, null, null, null));
            Http guest = platform.asGuest();
            guest.putNodeAction("a");
            var held = platform.invoker().hold();
            guest.post("actions/a", "{}");
            guest.post("actions/a?blocking=true&timeout=1", "{}");

            Reply third = guest.post("actions/a", "{}");

            assertThat(third.status()).isEqualTo(429);
            assertThat(third.error()).isEqualTo("Too many concurrent requests in flight (count: 2, allowed: 2).");
            held.countDown();
            await().until(() -> guest.post("actions/a", "{}").status() == 202);
        }
    }

    @Test
    @Tag("R-151")
    void whatWasRefusedForAnotherReasonIsNotInFlight() {
        try (var platform = TestPlatform.start()) {
            limit(platform, new NamespaceLimits(null, 1, null, null, null));
            Http guest = platform.asGuest();
            guest.putNodeAction("a");

            guest.post("actions/missing", "{}");
            guest.post("actions/a", "not json");
            guest.post("actions/a?timeout=0", "{}");
            platform.invoker().beat(true);
            guest.post("actions/a", "{}");
            platform.invoker().beat(false);

            assertThat(guest.post("actions/a?blocking=true", "{}").status()).isEqualTo(200);
            assertThat(guest.post("actions/a?blocking=true", "{}").status()).isEqualTo(200);
        }
    }

    @Test
    @Tag("R-154")
    void aQuotaOfZeroBlocks() {
        try (var platform = TestPlatform.start()) {
            limit(platform, new NamespaceLimits(0, null, null, null, null));
            platform.asGuest().putNodeAction("a");

            assertThat(platform.asGuest().post("actions/a", "{}").error())
                    .isEqualTo("Too many requests in the last minute (count: 1, allowed: 0).");
        }
    }

    @Test
    @Tag("R-150")
    @Tag("R-155")
    @Tag("R-42")
    void limitsAreThoseThatCountForTheCaller() {
        try (var platform = TestPlatform.start(Options.STANDARD.withLimits(SystemLimits.OPENWHISK))) {
            String standard =
                    "\"minActionMemory\":128,\"maxActionMemory\":512,\"minActionLogs\":0,\"maxActionLogs\":10,"
                            + "\"minActionTimeout\":100,\"maxActionTimeout\":300000,\"minActionConcurrency\":1,"
                            + "\"maxActionConcurrency\":1,\"maxParameterSize\":\"1048576 B\",\"maxActionInstances\":";

            assertThat(platform.asGuest().get("limits").body())
                    .isEqualTo("{\"invocationsPerMinute\":60,\"concurrentInvocations\":30,\"firesPerMinute\":60,"
                            + standard + "30}");
            limit(platform, new NamespaceLimits(1, 2, 3, java.util.Set.of("nodejs:20"), false));
            await().untilAsserted(() -> assertThat(
                            platform.asGuest().get("limits").body())
                    .isEqualTo("{\"invocationsPerMinute\":1,\"concurrentInvocations\":2,\"firesPerMinute\":3,"
                            + "\"allowedKinds\":[\"nodejs:20\"],\"storeActivations\":false," + standard + "2}"));
            assertThat(platform.asGuest().get("/api/v1/namespaces/other/limits").status())
                    .isEqualTo(403);
        }
    }

    private static void limit(TestPlatform platform, NamespaceLimits limits) {
        platform.stores().subjects().putLimits(new NamespaceName("guest"), limits);
    }
}
