package dev.whirl.model.json;

import dev.whirl.model.message.UserEvent;
import java.time.Duration;

/// Events as other programs read them (row I-9).
public final class EventDocuments {
    private EventDocuments() {}

    public static RawJson write(UserEvent event) {
        var out = new JsonWriter().startObject();
        writeFields(out, event);
        return out.endObject().toRawJson();
    }

    static void writeFields(JsonWriter out, UserEvent event) {
        out.field("source", event.source());
        switch (event.body()) {
            case UserEvent.Body.Activation activation -> writeActivation(out.name("body"), activation);
            case UserEvent.Body.Metric(var name, long value) ->
                out.name("body")
                        .startObject()
                        .field("metricName", name.text())
                        .field("metricValue", value)
                        .endObject();
        }
        out.field("subject", event.subject())
                .field("namespace", event.namespace())
                .field("userId", event.userId())
                .field("eventType", event.body() instanceof UserEvent.Body.Metric ? "Metric" : "Activation")
                .field("timestamp", event.time().toEpochMilli());
    }

    static UserEvent event(DocumentFields fields) {
        boolean isMetric = fields.text("eventType").equals("Metric");
        return new UserEvent(
                fields.text("source"),
                fields.object("body", isMetric ? EventDocuments::metric : EventDocuments::activation),
                fields.text("subject"),
                fields.text("namespace"),
                fields.text("userId"),
                fields.instant("timestamp"));
    }

    private static UserEvent.Body metric(DocumentFields fields) {
        String name = fields.text("metricName");
        for (UserEvent.Name each : UserEvent.Name.values()) {
            if (each.text().equals(name)) {
                return new UserEvent.Body.Metric(each, fields.number("metricValue"));
            }
        }
        throw fields.complaint("metricName", "names no metric");
    }

    private static UserEvent.Body activation(DocumentFields fields) {
        return new UserEvent.Body.Activation(
                fields.text("name"),
                fields.text("activationId"),
                fields.integer("statusCode"),
                Duration.ofMillis(fields.number("duration")),
                Duration.ofMillis(fields.number("waitTime")),
                Duration.ofMillis(fields.number("initTime")),
                fields.text("kind"),
                fields.flag("conductor"),
                fields.number("memory"),
                fields.textOrNull("causedBy"),
                fields.numberOrNull("size"),
                fields.numberOrNull("userDefinedStatusCode"));
    }

    private static void writeActivation(JsonWriter out, UserEvent.Body.Activation body) {
        out.startObject()
                .field("name", body.name())
                .field("activationId", body.activationId())
                .field("statusCode", body.statusCode())
                .field("duration", body.duration().toMillis())
                .field("waitTime", body.waitTime().toMillis())
                .field("initTime", body.initTime().toMillis())
                .field("kind", body.kind())
                .field("conductor", body.isConductor())
                .field("memory", body.memoryMebibytes());
        if (body.causedBy() != null) {
            out.field("causedBy", body.causedBy());
        }
        if (body.sizeBytes() != null) {
            out.field("size", body.sizeBytes());
        }
        if (body.userStatus() != null) {
            out.field("userDefinedStatusCode", body.userStatus());
        }
        out.endObject();
    }
}
