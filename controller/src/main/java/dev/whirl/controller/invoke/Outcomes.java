package dev.whirl.controller.invoke;

import dev.whirl.model.activation.ActivationResponse.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/// Counts how invocations end, and how long callers wait.
public final class Outcomes {
    private static final String NAME = "whirl_calls";

    private final Map<Status, Counter> byStatus = new EnumMap<>(Status.class);
    private final Counter throttled;
    private final Counter overloaded;
    private final Counter accepted;
    private final Counter stillRunning;
    private final Timer blockingWait;

    public Outcomes(MeterRegistry meters) {
        for (Status each : Status.values()) {
            byStatus.put(each, counter(meters, each.name().toLowerCase(Locale.ROOT)));
        }
        throttled = counter(meters, "throttled");
        overloaded = counter(meters, "overloaded");
        accepted = Counter.builder("whirl_calls_accepted")
                .description("Calls that were answered 202 at once")
                .register(meters);
        stillRunning = Counter.builder("whirl_calls_outlasting_the_wait")
                .description("Blocking calls that became 202")
                .register(meters);
        blockingWait = Timer.builder("whirl_blocking_wait")
                .description("How long blocking callers waited for a result, from publishing on")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofNanos(100_000))
                .maximumExpectedValue(Duration.ofMinutes(1))
                .register(meters);
    }

    void ended(Status status) {
        Counter counter = byStatus.get(status);
        if (counter != null) {
            counter.increment();
        }
    }

    /// Refused for its namespace's quota.
    public void throttled() {
        throttled.increment();
    }

    /// Refused because no invoker could take it.
    void overloaded() {
        overloaded.increment();
    }

    void accepted() {
        accepted.increment();
    }

    void stillRunning() {
        stillRunning.increment();
    }

    void waited(long nanos) {
        blockingWait.record(Duration.ofNanos(nanos));
    }

    private static Counter counter(MeterRegistry meters, String outcome) {
        return Counter.builder(NAME)
                .description("Invocations by outcome")
                .tag("outcome", outcome)
                .register(meters);
    }
}
