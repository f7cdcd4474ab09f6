package dev.whirl.client;

import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Limits to set on an action; null leaves as it is (row R-64).
public record LimitsUpdate(
        @Nullable Long timeoutMillis,
        @Nullable Long memoryMebibytes,
        @Nullable Long logsMebibytes,
        @Nullable Long concurrency) {
    public static final LimitsUpdate NOTHING = new LimitsUpdate(null, null, null, null);

    /// Limits as they are.
    static LimitsUpdate read(Map<String, RawJson> fields) {
        return new LimitsUpdate(
                Documents.number(fields, "timeout").orElse(null),
                Documents.number(fields, "memory").orElse(null),
                Documents.number(fields, "logs").orElse(null),
                Documents.number(fields, "concurrency").orElse(null));
    }

    /// These, with others for what they leave open.
    public LimitsUpdate orElse(LimitsUpdate others) {
        return new LimitsUpdate(
                timeoutMillis == null ? others.timeoutMillis : timeoutMillis,
                memoryMebibytes == null ? others.memoryMebibytes : memoryMebibytes,
                logsMebibytes == null ? others.logsMebibytes : logsMebibytes,
                concurrency == null ? others.concurrency : concurrency);
    }

    boolean isNothing() {
        return equals(NOTHING);
    }

    RawJson toJson() {
        var writer = new JsonWriter().startObject();
        field(writer, "timeout", timeoutMillis);
        field(writer, "memory", memoryMebibytes);
        field(writer, "logs", logsMebibytes);
        field(writer, "concurrency", concurrency);
        return writer.endObject().toRawJson();
    }

    private static void field(JsonWriter writer, String name, @Nullable Long value) {
        if (value != null) {
            writer.field(name, value.longValue());
        }
    }
}
