package dev.whirl.invoker.demand;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AsksTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Asks asks = new Asks();

    @Test
    void aSingleOneIsNoDemand() {
        asks.add(0);

        assertThat(asks.wanted(0)).isZero();
    }

    @Test
    void asManyAreWantedAsWereAskedForAtATime() {
        for (int i = 0; i < 5; i++) {
            asks.add(SECOND);
        }

        assertThat(asks.wanted(SECOND)).isEqualTo(5);
    }

    @Test
    void oneIsEnoughWhereTheyComeOneByOne() {
        for (int i = 0; i < 20; i++) {
            asks.add(i * 10L * SECOND);
        }

        assertThat(asks.wanted(200 * SECOND)).isEqualTo(1);
    }

    @Test
    void demandThatIsOverFades() {
        for (int i = 0; i < 6; i++) {
            asks.add(0);
        }

        assertThat(asks.wanted(600 * SECOND)).isEqualTo(3);
        assertThat(asks.wanted(3_600 * SECOND)).isZero();
    }
}
