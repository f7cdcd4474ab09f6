package dev.whirl.controller.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.model.ApiException;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.AuthKey;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.identity.Namespace;
import dev.whirl.model.identity.Subject;
import dev.whirl.model.limits.NamespaceLimits;
import dev.whirl.model.message.UserEvent;
import dev.whirl.store.memory.MemoryStores;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AccessTest {
    private static final NamespaceName OWN = new NamespaceName("own");
    private static final NamespaceName FOREIGN = new NamespaceName("foreign");
    private static final Identity CALLER =
            new Identity("somebody", new Namespace(OWN, "u"), new AuthKey("u", "s"), NamespaceLimits.NONE);
    private static final Access.Quota QUOTA = new Access.Quota(60, 30);

    @Test
    @Tag("R-153")
    @Tag("R-151")
    void rateComesBeforeConcurrencyAndConcurrencyBeforeEntitlement() {
        assertThat(invoke(61, 30))
                .isEqualTo(new Access.Throttled(
                        "Too many requests in the last minute (count: 61, allowed: 60).",
                        UserEvent.Name.TIMED_RATE_LIMIT));
        assertThat(invoke(60, 30))
                .isEqualTo(new Access.Throttled(
                        "Too many concurrent requests in flight (count: 30, allowed: 30).",
                        UserEvent.Name.CONCURRENT_RATE_LIMIT));
        assertThat(Access.toResource(CALLER, FOREIGN, "foreign/a"))
                .isEqualTo(new Access.Denied("The supplied authentication is not authorized to access 'foreign/a'."));
        assertThat(invoke(60, 29)).isEqualTo(new Access.Allowed());
    }

    @Test
    @Tag("R-152")
    void ratesCountByCalendarMinuteAndNamespaceId() {
        var rates = new RateWindows();
        Instant late = Instant.parse("2026-01-01T00:00:59.999Z");

        assertThat(rates.count("a", late)).isEqualTo(1);
        assertThat(rates.count("a", late)).isEqualTo(2);
        assertThat(rates.count("b", late)).isEqualTo(1);
        assertThat(rates.count("a", late.plusMillis(1))).isEqualTo(1);
    }

    @Test
    @Tag("attack-45")
    void aClockThatJumpsStartsAWindowAndLocksNobodyOut() {
        var rates = new RateWindows();
        Instant now = Instant.parse("2026-01-01T12:00:00Z");
        rates.count("a", now);
        rates.count("a", now);

        assertThat(rates.count("a", now.minus(Duration.ofDays(400)))).isEqualTo(1);
        assertThat(rates.count("a", now.plus(Duration.ofDays(400)))).isEqualTo(1);
        assertThat(rates.count("a", now)).isEqualTo(1);
    }

    @Test
    @Tag("R-151")
    void whatEntersLeavesOnce() {
        var inFlight = new InFlight();

        assertThat(inFlight.enter("a", 1)).isTrue();
        assertThat(inFlight.enter("a", 1)).isFalse();
        assertThat(inFlight.enter("b", 1)).isTrue();
        try (var admission = new Admission(inFlight, "a")) {
            assertThat(admission).isNotNull();
        }
        assertThat(inFlight.enter("a", 1)).isTrue();
        try (var admission = new Admission(inFlight, "a")) {
            admission.handOver();
        }
        assertThat(inFlight.running("a")).isEqualTo(1);
        inFlight.leave("a");
        inFlight.leave("a");
        assertThat(inFlight.running("a")).isZero();
    }

    @Test
    @Tag("A-4")
    void aRevokedKeyStopsAfterItsTime() throws Exception {
        var stores = new MemoryStores();
        var key = new AuthKey("uuid", "secret");
        stores.subjects().put(subject(key, false));
        var authenticator = new Authenticator(
                stores.subjects(), new AccessConfig(Duration.ofMillis(20), 100, ""), InstantSource.system());
        String header = "basic " + Base64.getEncoder().encodeToString("uuid:secret".getBytes(StandardCharsets.UTF_8));
        assertThat(authenticator
                        .authenticate(header, InetAddress.getLoopbackAddress())
                        .subject())
                .isEqualTo("somebody");

        stores.subjects().put(subject(key, true));

        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThatThrownBy(
                                () -> authenticator.authenticate(header, InetAddress.getLoopbackAddress()))
                        .isInstanceOf(ApiException.class));
    }

    private static Subject subject(AuthKey key, boolean isBlocked) {
        return new Subject("somebody", List.of(new Subject.Membership(OWN, key)), isBlocked);
    }

    private static Access invoke(int thisMinute, int running) {
        return Access.toInvoke(QUOTA, new Access.Usage(thisMinute, running));
    }
}
