package dev.whirl.feeds.fire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.feeds.fire.FireOutcome.Refused;
import dev.whirl.feeds.fire.FireOutcome.Unreachable;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("F-9")
class AttemptTest {
    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 413, 415})
    void aRefusalThatLastsStopsTheFeedAndTellsWhy(int status) {
        assertThat(Attempt.after(new Refused(status, "No."), 1)).isInstanceOfSatisfying(Attempt.Stop.class, stop -> {
            assertThat(stop.reason().kind()).isEqualTo("AUTO");
            assertThat(stop.reason().statusCode()).isEqualTo(status);
            assertThat(stop.reason().message())
                    .contains("after receiving a " + status)
                    .endsWith("No.");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 429, 500, 502, 503})
    void otherRefusalsAreTriedAgainAfterPausesThatGrow(int status) {
        boolean mayHaveFired = status == 408 || status >= 500;
        for (int number = 1; number < 8; number++) {
            assertThat(Attempt.after(new Refused(status, "Later."), number))
                    .isEqualTo(new Attempt.Again(
                            Duration.ofSeconds((long) number * number), mayHaveFired, status + " Later."));
        }
        assertThat(Attempt.after(new Refused(status, "Later."), 8))
                .isEqualTo(new Attempt.Again(Attempt.LONGEST, mayHaveFired, status + " Later."));
        assertThat(Attempt.after(new Refused(status, "Later."), Integer.MAX_VALUE))
                .isEqualTo(new Attempt.Again(Attempt.LONGEST, mayHaveFired, status + " Later."));
    }

    @Test
    void whatWasNotSentWasNotFired() {
        assertThat(Attempt.after(new Unreachable("refused", true), 1))
                .isEqualTo(new Attempt.Again(Duration.ofSeconds(1), false, "refused"));
        assertThat(Attempt.after(new Unreachable("broke", false), 1))
                .isEqualTo(new Attempt.Again(Duration.ofSeconds(1), true, "broke"));
    }
}
