package dev.whirl.bus.kafka;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets the broker forget what is done of a topic with work: its retention is meant for work that waits, and would keep
/// two days of what was called. Nobody waits for it, and where it is not allowed the retention does it. Belongs to the
/// reader's thread.
final class Shrinking {
    private static final Logger LOG = LoggerFactory.getLogger(Shrinking.class);
    private static final long BETWEEN = Duration.ofSeconds(30).toNanos();
    private static final long WORTH_IT = 1_000;

    private final Admin admin;
    private final TopicPartition work;
    private final long betweenNanos;
    private long forgotten;
    private long last = System.nanoTime();

    Shrinking(Admin admin, TopicPartition work) {
        this(admin, work, BETWEEN);
    }

    /// @param betweenNanos how often the broker is asked at most
    Shrinking(Admin admin, TopicPartition work, long betweenNanos) {
        this.admin = admin;
        this.work = work;
        this.betweenNanos = betweenNanos;
    }

    /// Nothing below this offset is ever read again, and that is durable.
    void doneBelow(long offset) {
        long now = System.nanoTime();
        if (offset - forgotten < WORTH_IT || now - last < betweenNanos) {
            return;
        }
        last = now;
        forgotten = offset;
        var _ = admin.deleteRecords(Map.of(work, RecordsToDelete.beforeOffset(offset)))
                .all()
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        LOG.atDebug()
                                .addKeyValue("topic", work.topic())
                                .setCause(failure)
                                .log("What is done could not be removed; the retention will do it");
                    }
                });
    }
}
