package dev.whirl.invoker.logs;

import dev.whirl.model.activation.Activation;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends the log lines of activations to where they are wanted beside the record, or instead of it (row I-30), behind
/// those who bring them. While a target can't take them they wait, up to 8 MB; more is dropped and counted: an
/// activation never waits for a log. The lock guards the fields that change.
public final class LogShipper implements AutoCloseable {
    /// What the record says instead of lines that are elsewhere, in OpenWhisk's words.
    static final String ELSEWHERE = "Logs are not available.";

    private static final Logger LOG = LoggerFactory.getLogger(LogShipper.class);
    private static final int LINES_AT_A_TIME = 1_000;
    private static final long MOST_WAITING_BYTES = 8L * 1024 * 1024;
    private static final int MOST_AT_A_TIME = 256 * 1024;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final long PATIENCE_AT_END = Duration.ofSeconds(2).toNanos();

    private final LogsConfig config;
    private final Counter dropped;
    private final List<Line> lines = new ArrayList<>();

    /// One target with what waits for it, and the thread that brings it there.
    private final class Line {
        private final String name;
        private final LogTarget target;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private final Deque<byte[]> waiting = new ArrayDeque<>();
        private final Thread thread;
        private long waitingBytes;
        private boolean isEnding;

        Line(String name, LogTarget target) {
            this.name = name;
            this.target = target;
            this.thread = Thread.ofPlatform().daemon().name("logs-" + name).start(this::run);
        }

        void add(byte[] entries, int count) {
            lock.lock();
            try {
                if (isEnding || waitingBytes + entries.length > MOST_WAITING_BYTES) {
                    dropped.increment(count);
                    return;
                }
                waiting.addLast(entries);
                waitingBytes += entries.length;
                changed.signal();
            } finally {
                lock.unlock();
            }
        }

        private void run() {
            boolean isAway = false;
            try (target) {
                for (byte[] next = next(); next.length > 0; next = next()) {
                    isAway = !isWritten(next, isAway);
                    while (isAway && !isEnding()) {
                        Thread.sleep(PAUSE);
                        isAway = !isWritten(next, true);
                    }
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                LOG.atDebug().addKeyValue("target", name).setCause(e).log("Logs could not be ended cleanly");
            }
        }

        private boolean isWritten(byte[] entries, boolean wasAway) {
            try {
                target.write(entries);
                if (wasAway) {
                    LOG.atInfo().addKeyValue("target", name).log("Logs of activations are taken again");
                }
                return true;
            } catch (IOException e) {
                if (!wasAway) {
                    LOG.atWarn()
                            .addKeyValue("target", name)
                            .addKeyValue("reason", e.toString())
                            .log("Logs of activations can't be written there now, and wait");
                }
                return false;
            }
        }

        private boolean isEnding() {
            lock.lock();
            try {
                return isEnding;
            } finally {
                lock.unlock();
            }
        }

        /// As much as waits, up to a bound; nothing at the end.
        private byte[] next() throws InterruptedException {
            var batch = new ByteArrayOutputStream();
            lock.lockInterruptibly();
            try {
                while (waiting.isEmpty() && !isEnding) {
                    changed.await();
                }
                while (!waiting.isEmpty() && batch.size() < MOST_AT_A_TIME) {
                    byte[] each = waiting.removeFirst();
                    waitingBytes -= each.length;
                    batch.writeBytes(each);
                }
            } finally {
                lock.unlock();
            }
            return batch.toByteArray();
        }

        void end() throws InterruptedException {
            lock.lock();
            try {
                isEnding = true;
                changed.signal();
            } finally {
                lock.unlock();
            }
            thread.join(Duration.ofNanos(PATIENCE_AT_END));
            thread.interrupt();
        }
    }

    public LogShipper(LogsConfig config, MeterRegistry meters) {
        this.config = config;
        this.dropped = Counter.builder("whirl.logs.dropped")
                .description("Log lines of activations that a file or forwarder could not take for too long")
                .register(meters);
        if (config.folder() != null) {
            var files = new LogFiles(config.folder(), config.fileSize().bytes(), config.files());
            lines.add(new Line(config.folder().toString(), files));
        }
        if (config.forward() != null) {
            lines.add(new Line(config.forward().toString(), new LogForward(config.forward())));
        }
    }

    /// Sends the lines of an activation on their way. Returns at once.
    ///
    /// @param namespaceId of who called
    /// @param logs as they stand in records
    /// @return what the record gets of them
    public List<String> ship(Activation activation, String namespaceId, List<String> logs) {
        if (!lines.isEmpty() && !logs.isEmpty()) {
            for (int from = 0; from < logs.size(); from += LINES_AT_A_TIME) {
                List<String> some = logs.subList(from, Math.min(logs.size(), from + LINES_AT_A_TIME));
                byte[] entries = entries(activation, namespaceId, some);
                lines.forEach(each -> each.add(entries, some.size()));
            }
        }
        return config.inRecord() || logs.isEmpty() ? logs : List.of(ELSEWHERE);
    }

    private static byte[] entries(Activation activation, String namespaceId, List<String> logs) {
        var out = new ByteArrayOutputStream(128 * logs.size());
        String action = activation
                .annotations()
                .find("path")
                .flatMap(RawJson::asText)
                .orElse(activation.namespace() + "/" + activation.name());
        for (String line : logs) {
            LogLines.Parts parts = LogLines.parts(line);
            new JsonWriter()
                    .startObject()
                    .field("type", "user_log")
                    .field("time", parts.time())
                    .field("stream", parts.stream())
                    .field("log", parts.text())
                    .field("activationId", activation.id().value())
                    .field("action", action)
                    .field("namespace", activation.namespace().value())
                    .field("namespaceId", namespaceId)
                    .field("userId", activation.subject())
                    .endObject()
                    .writeTo(out);
            out.write('\n');
        }
        return out.toByteArray();
    }

    /// Brings what waits to where it goes, for two seconds at most.
    @Override
    public void close() {
        try {
            for (Line each : lines) {
                each.end();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
