package dev.whirl.model.json;

import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationResponse;
import dev.whirl.model.activation.ActivationSummary;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.entity.Version;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Records of activations as stores keep them: the record's JSON (row R-131) with `_id`, `entityType` and a
/// numeric `response.statusCode`; and the short form, which is the row of a list (row R-132). Times are kept
/// in milliseconds.
public final class ActivationDocuments {
    private ActivationDocuments() {}

    public static RawJson write(Activation activation) {
        ActivationSummary summary = activation.summary();
        var out = new JsonWriter(1024 + sizeOf(activation)).startObject();
        out.field("_id", summary.namespace().value() + "/" + summary.id().value());
        writeCommon(out, summary);
        out.field("entityType", "activation").field("subject", activation.subject());
        writeResponse(out.name("response"), activation.response());
        out.name("logs").startArray();
        activation.logs().forEach(out::string);
        return out.endArray().endObject().toRawJson();
    }

    /// @throws MalformedDocumentException if this is no record
    public static Activation read(RawJson document) {
        return DocumentFields.decode("activation document", document, ActivationDocuments::activation);
    }

    /// The record without response and logs, in the fields of row R-132.
    public static RawJson writeSummary(ActivationSummary summary) {
        var out = new JsonWriter().startObject();
        writeCommon(out, summary);
        return out.field("statusCode", summary.status().code()).endObject().toRawJson();
    }

    /// @throws MalformedDocumentException if this is no short form of a record
    public static ActivationSummary readSummary(RawJson document) {
        return DocumentFields.decode(
                "activation summary", document, fields -> summary(fields, status(fields, "statusCode")));
    }

    private static void writeCommon(JsonWriter out, ActivationSummary summary) {
        out.field("namespace", summary.namespace().value());
        out.field("name", summary.name().value());
        out.field("version", summary.version().toString());
        out.field("activationId", summary.id().value());
        out.field("start", summary.start().toEpochMilli());
        if (summary.end() != null) {
            out.field("end", summary.end().toEpochMilli());
        }
        if (summary.duration() != null) {
            out.field("duration", summary.duration().toMillis());
        }
        if (summary.cause() != null) {
            out.field("cause", summary.cause().value());
        }
        KeyValues.write(out.name("annotations"), summary.annotations());
        out.field("publish", false);
    }

    private static void writeResponse(JsonWriter out, ActivationResponse response) {
        out.startObject().field("statusCode", response.status().code());
        if (response.result() != null) {
            out.field("result", response.result());
        }
        if (response.sizeBytes() != null) {
            out.field("size", response.sizeBytes());
        }
        out.endObject();
    }

    static Activation activation(DocumentFields fields) {
        ActivationResponse response = fields.object("response", ActivationDocuments::response);
        ActivationSummary summary = summary(fields, response.status());
        return new Activation(
                summary.namespace(),
                summary.name(),
                summary.version(),
                fields.text("subject"),
                summary.id(),
                summary.start(),
                summary.end(),
                summary.duration(),
                summary.cause(),
                response,
                fields.texts("logs"),
                summary.annotations());
    }

    private static ActivationResponse response(DocumentFields fields) {
        return new ActivationResponse(
                status(fields, "statusCode"), fields.findWithNull("result").orElse(null), fields.numberOrNull("size"));
    }

    private static ActivationSummary summary(DocumentFields fields, ActivationResponse.Status status) {
        @Nullable Long duration = fields.numberOrNull("duration");
        @Nullable String cause = fields.textOrNull("cause");
        return new ActivationSummary(
                new NamespaceName(fields.text("namespace")),
                new EntityName(fields.text("name")),
                Version.parse(fields.text("version")),
                new ActivationId(fields.text("activationId")),
                fields.instant("start"),
                fields.instantOrNull("end"),
                duration == null ? null : Duration.ofMillis(duration),
                cause == null ? null : new ActivationId(cause),
                status,
                KeyValues.annotations(fields, "annotations"));
    }

    private static ActivationResponse.Status status(DocumentFields fields, String name) {
        return ActivationResponse.Status.ofCode(fields.integer(name));
    }

    /// About how many bytes response and logs take.
    static int sizeOf(Activation activation) {
        RawJson result = activation.response().result();
        List<String> logs = activation.logs();
        long size = result == null ? 0 : result.sizeBytes();
        for (String line : logs) {
            size += line.length() + 8L;
        }
        return (int) Math.min(size, Integer.MAX_VALUE / 2);
    }
}
