package dev.whirl.controller.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.bus.memory.MemoryBus;
import dev.whirl.common.time.ManualClock;
import dev.whirl.controller.events.EventsConfig;
import dev.whirl.controller.events.UserEvents;
import dev.whirl.model.ApiException;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.AuthKey;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.identity.Namespace;
import dev.whirl.model.limits.NamespaceLimits;
import dev.whirl.model.limits.SystemLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class GateTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:30Z"));
    private final Gate gate = new Gate(
            SystemLimits.OPENWHISK,
            clock,
            new InFlight(),
            new UserEvents(EventsConfig.OFF, "controller0", new MemoryBus(), new SimpleMeterRegistry(), clock));

    @Test
    @Tag("R-151")
    @Tag("R-152")
    void firesHaveAMinuteOfTheirOwnAndNoConcurrency() {
        Identity caller = caller(new NamespaceLimits(0, 0, 2, null, null));
        gate.admitFire(caller);
        gate.admitFire(caller);

        assertThatThrownBy(() -> gate.admitFire(caller))
                .isInstanceOf(ApiException.class)
                .hasMessage("Too many requests in the last minute (count: 3, allowed: 2).");
        clock.advance(Duration.ofSeconds(30));
        assertThatCode(() -> gate.admitFire(caller)).doesNotThrowAnyException();
    }

    @Test
    @Tag("R-152")
    @Tag("I-15")
    void quotasAreSharedByAsManyControllersAsThereAreAtTheMoment() {
        var controllers = new AtomicInteger(2);
        var shared = new Gate(
                SystemLimits.OPENWHISK,
                clock,
                new InFlight(),
                new UserEvents(EventsConfig.OFF, "controller0", new MemoryBus(), new SimpleMeterRegistry(), clock),
                controllers::get);
        Identity caller = caller(new NamespaceLimits(4, 2, 4, null, null));
        shared.admit(caller);

        assertThatThrownBy(() -> shared.admit(caller))
                .hasMessage("Too many concurrent requests in flight (count: 1, allowed: 1).");
        assertThatThrownBy(() -> shared.admit(caller))
                .hasMessage("Too many requests in the last minute (count: 3, allowed: 2).");
        shared.admitFire(caller);
        shared.admitFire(caller);
        assertThatThrownBy(() -> shared.admitFire(caller))
                .hasMessage("Too many requests in the last minute (count: 3, allowed: 2).");

        controllers.set(1);
        assertThatCode(() -> shared.admit(caller)).doesNotThrowAnyException();
    }

    @Test
    @Tag("R-154")
    void aConcurrencyOfZeroBlocks() {
        assertThatThrownBy(() -> gate.admit(caller(new NamespaceLimits(null, 0, null, null, null))))
                .hasMessage("Too many concurrent requests in flight (count: 0, allowed: 0).");
    }

    @Test
    @Tag("R-156")
    void theLimitsThatCountAreThoseOfTheCallAtHand() {
        assertThatThrownBy(() -> gate.admit(caller(new NamespaceLimits(0, null, null, null, null))))
                .hasMessage("Too many requests in the last minute (count: 1, allowed: 0).");

        assertThatCode(() -> gate.admit(caller(new NamespaceLimits(2, null, null, null, null)))
                        .close())
                .doesNotThrowAnyException();
    }

    private static Identity caller(NamespaceLimits limits) {
        return new Identity(
                "somebody", new Namespace(new NamespaceName("somebody"), "u"), new AuthKey("u", "s"), limits);
    }
}
