package dev.whirl.model.json;

import dev.whirl.model.message.UserEvent;

/// Events as other programs read them (row I-9).
public final class EventDocuments {
    private EventDocuments() {}

    public static RawJson write(UserEvent event) {
        var out = new JsonWriter().startObject().field("source", event.source());
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
        return out.endObject().toRawJson();
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
