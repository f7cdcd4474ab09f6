package dev.whirl.controller.api.activations;

import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationResponse;
import dev.whirl.model.activation.ActivationSummary;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.KeyValues;
import dev.whirl.model.json.RawJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Activations as users see them (rows ).
public final class ActivationJson {
    private ActivationJson() {}

    /// The record as a blocking call returns it.
    public static JsonWriter withoutLogs(Activation activation) {
        RawJson result = activation.response().result();
        var out = new JsonWriter(1024 + (result == null ? 0 : result.sizeBytes()));
        write(out, activation, List.of());
        return out;
    }

    static void write(JsonWriter out, Activation activation) {
        write(out, activation, activation.logs());
    }

    static void writeSummary(JsonWriter out, ActivationSummary row) {
        out.startObject()
                .field("namespace", row.namespace().value())
                .field("name", row.name().value())
                .field("version", row.version().toString())
                .field("publish", false);
        KeyValues.write(out.name("annotations"), row.annotations());
        out.field("activationId", row.id().value());
        writeTimes(out, row.start(), row.end(), row.duration());
        writeCause(out, row.cause());
        out.field("statusCode", row.status().code()).endObject();
    }

    static void logs(JsonWriter out, Activation activation) {
        out.startObject();
        writeLogs(out, activation.logs());
        out.endObject();
    }

    /// `{"result","success","status","size"?}` (row R-41).
    static void result(JsonWriter out, ActivationResponse response) {
        out.startObject().field("result", resultOf(response));
        out.field("success", response.isSuccess())
                .field("status", response.status().text());
        writeSize(out, response);
        out.endObject();
    }

    private static void write(JsonWriter out, Activation activation, List<String> logs) {
        out.startObject()
                .field("namespace", activation.namespace().value())
                .field("name", activation.name().value())
                .field("version", activation.version().toString())
                .field("subject", activation.subject())
                .field("activationId", activation.id().value());
        writeTimes(out, activation.start(), activation.end(), activation.duration());
        writeCause(out, activation.cause());
        writeResponse(out, activation.response());
        writeLogs(out, logs);
        KeyValues.write(out.name("annotations"), activation.annotations());
        out.field("publish", false).endObject();
    }

    private static void writeResponse(JsonWriter out, ActivationResponse response) {
        out.name("response")
                .startObject()
                .field("status", response.status().text())
                .field("success", response.isSuccess())
                .field("result", resultOf(response));
        writeSize(out, response);
        out.endObject();
    }

    private static void writeSize(JsonWriter out, ActivationResponse response) {
        if (response.sizeBytes() != null) {
            out.field("size", response.sizeBytes());
        }
    }

    private static RawJson resultOf(ActivationResponse response) {
        return response.result() == null ? RawJson.NULL : response.result();
    }

    private static void writeTimes(JsonWriter out, Instant start, @Nullable Instant end, @Nullable Duration duration) {
        out.field("start", start.toEpochMilli());
        if (end != null) {
            out.field("end", end.toEpochMilli());
        }
        if (duration != null) {
            out.field("duration", duration.toMillis());
        }
    }

    private static void writeCause(JsonWriter out, @Nullable ActivationId cause) {
        if (cause != null) {
            out.field("cause", cause.value());
        }
    }

    private static void writeLogs(JsonWriter out, List<String> lines) {
        out.name("logs").startArray();
        lines.forEach(out::string);
        out.endArray();
    }
}
