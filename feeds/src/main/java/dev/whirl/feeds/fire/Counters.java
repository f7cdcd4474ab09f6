package dev.whirl.feeds.fire;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// What is counted of firings.
public final class Counters {
    private final Counter fired;
    private final Counter failed;
    private final Counter givenUp;

    public Counters(MeterRegistry meters) {
        fired = counter(meters, "fired");
        failed = counter(meters, "failed");
        givenUp = counter(meters, "given-up");
    }

    private static Counter counter(MeterRegistry meters, String outcome) {
        return Counter.builder("whirl_feeds_firings")
                .description("Attempts of feeds to fire triggers, by what became of them")
                .tag("outcome", outcome)
                .register(meters);
    }

    public void fired() {
        fired.increment();
    }

    public void failed() {
        failed.increment();
    }

    public void givenUp() {
        givenUp.increment();
    }
}
