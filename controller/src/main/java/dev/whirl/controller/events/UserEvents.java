package dev.whirl.controller.events;

import dev.whirl.bus.Bus;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.message.Topic;
import dev.whirl.model.message.UserEvent;
import dev.whirl.model.message.UserEvent.Body;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells events, one after the other on a thread of its own. Up to a bound they wait for it; more are dropped.
public final class UserEvents implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UserEvents.class);
    private static final int WAITING = 10_000;

    private final EventsConfig config;
    private final String source;
    private final Bus bus;
    private final ActionMetrics metrics;
    private final InstantSource clock;
    private final Counter dropped;
    private final BlockingQueue<UserEvent> queue = new ArrayBlockingQueue<>(WAITING);
    private final Thread teller = Thread.ofVirtual().name("controller-events").unstarted(this::tell);

    public UserEvents(EventsConfig config, String source, Bus bus, MeterRegistry meters, InstantSource clock) {
        this.config = config;
        this.source = source;
        this.bus = bus;
        this.metrics = new ActionMetrics(meters);
        this.clock = clock;
        this.dropped = Counter.builder("whirl_events_dropped")
                .description("Events that nobody was told, because telling them took too long")
                .register(meters);
    }

    public void start() {
        if (isOn()) {
            teller.start();
        }
    }

    /// @param namespaceUuid who pays, where it is known
    public void ended(Activation activation, Optional<String> namespaceUuid) {
        if (isOn()) {
            add(new UserEvent(
                    source,
                    ActivationBody.of(activation),
                    activation.subject(),
                    activation.namespace().value(),
                    namespaceUuid.orElse(""),
                    clock.instant()));
        }
    }

    /// So many invocations of the caller's namespace run now.
    public void running(Identity caller, int count) {
        metric(caller, UserEvent.Name.CONCURRENT_INVOCATIONS, count);
    }

    /// The caller met a quota.
    public void throttled(Identity caller, UserEvent.Name quota) {
        metric(caller, quota, 1);
    }

    @Override
    public void close() {
        teller.interrupt();
    }

    private void metric(Identity caller, UserEvent.Name name, long value) {
        if (isOn()) {
            add(new UserEvent(
                    source,
                    new Body.Metric(name, value),
                    caller.subject(),
                    caller.namespace().name().value(),
                    caller.namespace().uuid(),
                    clock.instant()));
        }
    }

    private boolean isOn() {
        return config.enabled() || config.metrics();
    }

    private void add(UserEvent event) {
        if (!queue.offer(event)) {
            dropped.increment();
        }
    }

    private void tell() {
        try {
            while (true) {
                tell(queue.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(UserEvent event) {
        if (config.metrics()) {
            metrics.count(event);
        }
        if (!config.enabled()) {
            return;
        }
        try {
            bus.publish(new Topic.Events(), event);
        } catch (RuntimeException e) {
            dropped.increment();
            LOG.atDebug().setCause(e).log("an event could not be told");
        }
    }
}
