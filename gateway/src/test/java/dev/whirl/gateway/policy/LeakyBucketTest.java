package dev.whirl.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.gateway.document.ApiPlan.Execution;
import dev.whirl.gateway.document.ApiPlan.Operation;
import dev.whirl.gateway.document.RateLimit;
import dev.whirl.gateway.document.Target;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("G-4")
class LeakyBucketTest {
    private static final Operation SIX_A_MINUTE = operation(6);

    private static Operation operation(long perMinute) {
        var target = new Target.WebAction("/api/v1/web/guest/default/hello.http", false);
        var limits = List.of(new RateLimit(perMinute, Duration.ofMinutes(1)));
        return new Operation("GET", List.of("a"), new Execution(List.of(), target, ""), List.of(), limits, false);
    }

    private final AtomicLong now = new AtomicLong(-5);
    private final RateLimits limits = new RateLimits(now::get);

    @Test
    void aWholeTimesWorthMayComeAtOnceAndThenOneAfterTheOther() {
        for (int i = 0; i < 6; i++) {
            assertThat(limits.take("api", "", SIX_A_MINUTE)).isEmpty();
        }
        assertThat(limits.take("api", "", SIX_A_MINUTE)).contains(Duration.ofSeconds(10));

        now.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(limits.take("api", "", SIX_A_MINUTE)).isEmpty();
        assertThat(limits.take("api", "", SIX_A_MINUTE)).isPresent();
    }

    @Test
    void overALongTimeTheRateIsKept() {
        int passed = 0;
        for (int second = 0; second < 3600; second++) {
            passed += limits.take("api", "", SIX_A_MINUTE).isEmpty() ? 1 : 0;
            now.addAndGet(Duration.ofSeconds(1).toNanos());
        }

        assertThat(passed).isBetween(360, 366);
    }

    @Test
    void callersAndApisHaveBucketsOfTheirOwn() {
        for (int i = 0; i < 6; i++) {
            limits.take("api", "a", SIX_A_MINUTE);
        }

        assertThat(limits.take("api", "a", SIX_A_MINUTE)).isPresent();
        assertThat(limits.take("api", "b", SIX_A_MINUTE)).isEmpty();
        assertThat(limits.take("other", "a", SIX_A_MINUTE)).isEmpty();
    }
}
