package dev.whirl.invoker.pool;

import static dev.whirl.invoker.pool.Fixtures.MILLI;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ProcessorsTest {
    private double load = 1;
    private final AtomicInteger asked = new AtomicInteger();
    private final Processors processors = new Processors(() -> {
        asked.incrementAndGet();
        return load;
    });

    @Test
    void theyAreBusyOnceAWholeWindowWasMeasured() {
        assertThat(processors.areBusy(0)).isFalse();
        assertThat(processors.areBusy(59 * MILLI)).isFalse();
        assertThat(processors.areBusy(60 * MILLI)).isTrue();
        assertThat(processors.areBusy(70 * MILLI)).isTrue();
        assertThat(asked).hasValue(2);
    }

    @Test
    void theyAreNotAnyMoreWhenSomeOfTheTimeWasLeft() {
        processors.areBusy(0);
        processors.areBusy(60 * MILLI);

        load = 0.8;

        assertThat(processors.areBusy(120 * MILLI)).isFalse();
    }

    @Test
    void whatWasMeasuredOverALongPauseSaysNothingAboutNow() {
        processors.areBusy(0);

        assertThat(processors.areBusy(250 * MILLI)).isFalse();
        assertThat(processors.areBusy(310 * MILLI)).isTrue();
    }

    @Test
    void anUnknownLoadCountsAsTimeToSpare() {
        load = -1;
        processors.areBusy(0);

        assertThat(processors.areBusy(60 * MILLI)).isFalse();
    }
}
