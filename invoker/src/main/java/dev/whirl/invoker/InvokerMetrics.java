package dev.whirl.invoker;

import dev.whirl.invoker.pool.Pool;
import dev.whirl.invoker.pool.PoolSnapshot;
import dev.whirl.invoker.pool.StartKind;
import dev.whirl.invoker.run.Execution;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationResponse.Status;
import dev.whirl.model.message.Invocation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// What an invoker counts and measures.
final class InvokerMetrics {
    private static final Duration[] BUCKETS = {
        Duration.ofNanos(250_000),
        Duration.ofNanos(500_000),
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofSeconds(60)
    };
    private static final String NO_START = "none";

    private final Map<Status, Map<StartKind, Counter>> started = new EnumMap<>(Status.class);
    private final Map<Status, Counter> notStarted = new EnumMap<>(Status.class);
    private final Timer init;
    private final Timer run;
    private final Timer wait;

    /// @param runtimes of which stem cells are kept
    InvokerMetrics(MeterRegistry meters, Pool pool, Collection<String> runtimes) {
        for (Status status : Status.values()) {
            var byKind = new EnumMap<StartKind, Counter>(StartKind.class);
            for (StartKind kind : StartKind.values()) {
                byKind.put(kind, counter(meters, status, kind.name().toLowerCase(Locale.ROOT)));
            }
            started.put(status, byKind);
            notStarted.put(status, counter(meters, status, NO_START));
        }
        init = timer(meters, "whirl.invocation.init", "Time of inits");
        run = timer(meters, "whirl.invocation.run", "Time of runs");
        wait = timer(meters, "whirl.invocation.wait", "From the controller's acceptance to the start of init or run");
        gauges(meters, pool);
        runtimes.forEach(each -> stemCells(meters, pool, each));
    }

    /// Counts an activation that came to a sandbox.
    void ran(Invocation invocation, Execution.Done done, StartKind kind) {
        Map<StartKind, Counter> counters = started.get(done.response().status());
        increment(counters == null ? null : counters.get(kind));
        wait.record(positive(Duration.between(invocation.createdAt(), done.start())));
        if (done.init() != null) {
            init.record(done.init());
        }
        if (!done.run().isZero()) {
            run.record(done.run());
        }
    }

    /// Counts an activation that did not.
    void notRun(Invocation invocation, Activation activation, Instant now) {
        increment(notStarted.get(activation.response().status()));
        wait.record(positive(Duration.between(invocation.createdAt(), now)));
    }

    private static void increment(@Nullable Counter counter) {
        if (counter != null) {
            counter.increment();
        }
    }

    private static Duration positive(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    private static Counter counter(MeterRegistry meters, Status status, String start) {
        return Counter.builder("whirl.invocations")
                .description("Activations by outcome and by how they came to a sandbox")
                .tag("outcome", status.name().toLowerCase(Locale.ROOT))
                .tag("start", start)
                .register(meters);
    }

    private static Timer timer(MeterRegistry meters, String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(BUCKETS)
                .register(meters);
    }

    private static void gauges(MeterRegistry meters, Pool pool) {
        gauge(meters, pool, "whirl.pool.active", "Sandboxes at work", PoolSnapshot::active);
        gauge(meters, pool, "whirl.pool.idle", "Initialized sandboxes without work", PoolSnapshot::idle);
        gauge(meters, pool, "whirl.pool.prewarmed", "Stem cells", PoolSnapshot::prewarmed);
        gauge(meters, pool, "whirl.pool.starting", "Sandboxes being started", PoolSnapshot::starting);
        gauge(meters, pool, "whirl.pool.waiting", "Jobs that wait for a place", PoolSnapshot::waiting);
        gauge(
                meters,
                pool,
                "whirl.pool.memory.used.bytes",
                "Memory of all sandboxes",
                each -> each.used().bytes());
    }

    private static void stemCells(MeterRegistry meters, Pool pool, String runtime) {
        Gauge.builder("whirl.pool.stem.cells", pool, each -> each.stemCells(runtime))
                .description("Stem cells that are ready for an action of their kind")
                .tag("kind", runtime)
                .register(meters);
    }

    private static void gauge(
            MeterRegistry meters, Pool pool, String name, String description, ToDoubleFunction<PoolSnapshot> value) {
        Gauge.builder(name, pool, each -> value.applyAsDouble(each.snapshot()))
                .description(description)
                .register(meters);
    }
}
