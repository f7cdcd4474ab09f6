package dev.whirl.sandbox.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTest {
    private static final Duration PLENTY = Duration.ofMinutes(1);

    @ParameterizedTest
    @ValueSource(ints = {0, 408, 429, 500, 502, 503, 504})
    void whatPassesIsTriedAgain(int status) {
        assertThat(Retry.decide(status, 0, Optional.empty(), PLENTY, 1))
                .isEqualTo(new Retry.After(Duration.ofMillis(100)));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409, 410, 422})
    void whatWouldFailAgainIsNot(int status) {
        assertThat(Retry.decide(status, 0, Optional.empty(), PLENTY, 1)).isEqualTo(new Retry.Never());
    }

    @ParameterizedTest
    @CsvSource({"0,100", "1,200", "3,800", "5,3200", "6,5000", "60,5000"})
    void pausesBecomeLongerUpToABound(int attempt, long millis) {
        assertThat(Retry.decide(503, attempt, Optional.empty(), PLENTY, 1))
                .isEqualTo(new Retry.After(Duration.ofMillis(millis)));
        assertThat(Retry.decide(503, attempt, Optional.empty(), PLENTY, 0))
                .isEqualTo(new Retry.After(Duration.ofMillis(millis / 2)));
    }

    @Test
    void aServerThatAsksForPeaceGetsIt() {
        assertThat(Retry.decide(429, 0, Optional.of(Duration.ofSeconds(7)), PLENTY, 1))
                .isEqualTo(new Retry.After(Duration.ofSeconds(7)));
        assertThat(Retry.decide(429, 0, Optional.of(Duration.ofMillis(1)), PLENTY, 1))
                .isEqualTo(new Retry.After(Duration.ofMillis(100)));
    }

    @Test
    void whenTheTimeIsOverItIsOver() {
        assertThat(Retry.decide(503, 0, Optional.empty(), Duration.ofMillis(99), 1))
                .isEqualTo(new Retry.Never());
        assertThat(Retry.decide(429, 0, Optional.of(Duration.ofHours(1)), PLENTY, 1))
                .isEqualTo(new Retry.Never());
    }
}
