package dev.whirl.controller.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.model.message.UserEvent;
import dev.whirl.model.message.UserEvent.Body;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ActionMetricsTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ActionMetrics metrics = new ActionMetrics(meters);

    @Test
    @Tag("I-44")
    void whatUsersVaryMakesABoundedNumberOfMeters() {
        int calls = 3 * ActionMetrics.MOST_KNOWN;
        for (int i = 0; i < calls; i++) {
            metrics.count(event("guest/a" + i / 500, 128 + i % 2, 100 + i % 500));
        }

        assertThat(meters.getMeters().size()).isLessThan(2 * ActionMetrics.MOST_KNOWN);
        assertThat(meters.find("openwhisk_action_status_code").counters().stream()
                        .mapToDouble(Counter::count)
                        .sum())
                .isEqualTo(calls);
        assertThat(meters.find("openwhisk_action_status_code")
                        .tag("status", "other")
                        .counters())
                .isNotEmpty();
    }

    private static UserEvent event(String action, long memory, long status) {
        var body = new Body.Activation(
                action,
                "0".repeat(32),
                0,
                Duration.ofMillis(1),
                Duration.ZERO,
                Duration.ZERO,
                "nodejs:20",
                false,
                memory,
                null,
                2L,
                status);
        return new UserEvent("controller0", body, "guest", "guest", "u", Instant.EPOCH);
    }
}
