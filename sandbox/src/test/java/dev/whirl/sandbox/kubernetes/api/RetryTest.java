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
        assertThat(Retry.decide(failure(status), 0, PLENTY, 1)).isEqualTo(new Retry.After(Duration.ofMillis(100)));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409, 410, 422})
    void whatWouldFailAgainIsNot(int status) {
        assertThat(Retry.decide(failure(status), 0, PLENTY, 1)).isEqualTo(new Retry.Never());
    }

    @ParameterizedTest
    @CsvSource({"0,100", "1,200", "3,800", "5,3200", "6,5000", "60,5000"})
    void pausesBecomeLongerUpToABound(int attempt, long millis) {
        assertThat(Retry.decide(failure(503), attempt, PLENTY, 1))
                .isEqualTo(new Retry.After(Duration.ofMillis(millis)));
        assertThat(Retry.decide(failure(503), attempt, PLENTY, 0))
                .isEqualTo(new Retry.After(Duration.ofMillis(millis / 2)));
    }

    @Test
    void aServerThatAsksForPeaceGetsIt() {
        assertThat(Retry.decide(asking(Duration.ofSeconds(7)), 0, PLENTY, 1))
                .isEqualTo(new Retry.After(Duration.ofSeconds(7)));
        assertThat(Retry.decide(asking(Duration.ofMillis(1)), 0, PLENTY, 1))
                .isEqualTo(new Retry.After(Duration.ofMillis(100)));
    }

    @Test
    void whenTheTimeIsOverItIsOver() {
        assertThat(Retry.decide(failure(503), 0, Duration.ofMillis(99), 1)).isEqualTo(new Retry.Never());
        assertThat(Retry.decide(asking(Duration.ofHours(1)), 0, PLENTY, 1)).isEqualTo(new Retry.Never());
    }

    @Test
    void whoChangedTheSameThingAtTheSameTimeTriesAgainAndWhoFoundItThereDoesNot() {
        assertThat(Retry.decide(new Retry.Failure(409, "Conflict", Optional.empty()), 0, PLENTY, 1))
                .isEqualTo(new Retry.After(Duration.ofMillis(100)));
        assertThat(Retry.decide(new Retry.Failure(409, "AlreadyExists", Optional.empty()), 0, PLENTY, 1))
                .isEqualTo(new Retry.Never());
    }

    private static Retry.Failure failure(int status) {
        return new Retry.Failure(status, "", Optional.empty());
    }

    private static Retry.Failure asking(Duration peace) {
        return new Retry.Failure(429, "TooManyRequests", Optional.of(peace));
    }
}
