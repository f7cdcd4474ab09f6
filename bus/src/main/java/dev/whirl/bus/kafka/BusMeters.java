package dev.whirl.bus.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the bus counts, and the lines for what goes wrong more often than anybody wants to read: one a second.
final class BusMeters {
    private static final Logger LOG = LoggerFactory.getLogger(BusMeters.class);
    private static final long BETWEEN_LINES = TimeUnit.SECONDS.toNanos(1);

    private final MeterRegistry meters;
    private final AtomicLong nextLine = new AtomicLong(System.nanoTime());

    BusMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    /// A message that nobody waited for did not reach the broker.
    void lost(String topic, Throwable reason) {
        count("whirl.bus.lost", "topic", topic);
        if (mayWrite()) {
            LOG.atWarn()
                    .addKeyValue("topic", topic)
                    .addKeyValue("reason", Reasons.of(reason))
                    .log("A message did not reach the broker");
        }
    }

    /// A message that came makes no sense.
    void unreadable(String topic, long offset, String reason) {
        count("whirl.bus.unreadable", "topic", topic);
        if (mayWrite()) {
            LOG.atWarn()
                    .addKeyValue("topic", topic)
                    .addKeyValue("offset", offset)
                    .addKeyValue("reason", reason)
                    .log("A message can't be read and is set aside");
        }
    }

    /// Why a message may not be handed to its receiver.
    void unreceived(String topic, Throwable fault) {
        LOG.atError().addKeyValue("topic", topic).setCause(fault).log("A message could not be taken");
    }

    /// A consumer can't do its work for now.
    void interrupted(String topic, Throwable reason) {
        count("whirl.bus.interrupted", "topic", topic);
        if (mayWrite()) {
            LOG.atWarn()
                    .addKeyValue("topic", topic)
                    .addKeyValue("reason", Reasons.of(reason))
                    .log("A topic can't be read; it is tried again");
        }
    }

    /// What came of the right to an invoker's work.
    void lease(String topic, String event) {
        count("whirl.bus.lease", "event", event);
        LOG.atInfo().addKeyValue("topic", topic).addKeyValue("event", event).log("The lease of an invoker's work");
    }

    /// Work that was removed from its topic before anybody took it.
    void expired(String topic, long messages) {
        meters.counter("whirl.bus.expired", "topic", topic).increment((double) messages);
        LOG.atError()
                .addKeyValue("topic", topic)
                .addKeyValue("messages", messages)
                .log("The topic's retention removed work that nobody had taken");
    }

    /// Progress had to be told less exactly than it is known.
    void coarsened(String topic) {
        count("whirl.bus.coarsened", "topic", topic);
    }

    /// Shows how much of an invoker's work is taken and not done.
    void taken(String topic, Holding holding) {
        meters.gauge("whirl.bus.taken", Tags.of("topic", topic), holding, Holding::taken);
    }

    private void count(String meter, String key, String value) {
        meters.counter(meter, key, value).increment();
    }

    private boolean mayWrite() {
        long now = System.nanoTime();
        long next = nextLine.get();
        return now - next >= 0 && nextLine.compareAndSet(next, now + BETWEEN_LINES);
    }
}
