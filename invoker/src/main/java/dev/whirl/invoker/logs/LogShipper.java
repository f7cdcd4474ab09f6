package dev.whirl.invoker.logs;

import dev.whirl.model.activation.Activation;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/// Sends the log lines of activations to where they are wanted beside the record, or instead of it (row I-30), behind
/// those who bring them: an activation never waits for a log.
public final class LogShipper implements AutoCloseable {
    /// What the record says instead of lines that are elsewhere, in OpenWhisk's words.
    static final String ELSEWHERE = "Logs are not available.";

    private static final int LINES_AT_A_TIME = 1_000;

    private final LogsConfig config;
    private final Counter dropped;
    private final List<LogLine> lines = new ArrayList<>();

    public LogShipper(LogsConfig config, MeterRegistry meters) {
        this.config = config;
        this.dropped = Counter.builder("whirl.logs.dropped")
                .description("Log lines of activations that a file or forwarder could not take for too long")
                .register(meters);
        if (config.folder() != null) {
            var files = new LogFiles(config.folder(), config.fileSize().bytes(), config.files());
            lines.add(new LogLine(config.folder().toString(), files, dropped));
        }
        if (config.forward() != null) {
            lines.add(new LogLine(config.forward().toString(), new LogForward(config.forward()), dropped));
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
                lines.forEach(each -> each.add(new LogLine.Entries(entries, some.size())));
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

    /// Brings what waits to where it goes, for two seconds at most; what is left then is counted as dropped.
    @Override
    public void close() {
        try {
            for (LogLine each : lines) {
                each.end();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
