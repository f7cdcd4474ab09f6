package dev.whirl.controller.api.triggers;

import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.Trigger;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.KeyValues;

/// Triggers as users see them (row R-110).
final class TriggerJson {
    private TriggerJson() {}

    /// A row of a list.
    static void writeSummary(JsonWriter out, Trigger trigger) {
        writeName(out.startObject(), trigger);
        writeRest(out, trigger);
        out.field("updated", trigger.updated().toEpochMilli()).endObject();
    }

    static JsonWriter whole(Trigger trigger) {
        var out = new JsonWriter(1024).startObject();
        writeName(out, trigger);
        KeyValues.write(out.name("parameters"), trigger.parameters());
        out.name("limits").startObject().endObject();
        writeRest(out, trigger);
        if (!trigger.rules().isEmpty()) {
            writeRules(out, trigger);
        }
        return out.field("updated", trigger.updated().toEpochMilli()).endObject();
    }

    private static void writeName(JsonWriter out, Trigger trigger) {
        out.field("namespace", trigger.id().path())
                .field("name", trigger.id().name().value());
    }

    private static void writeRest(JsonWriter out, Trigger trigger) {
        out.field("version", trigger.version().toString()).field("publish", false);
        KeyValues.write(out.name("annotations"), trigger.annotations());
    }

    private static void writeRules(JsonWriter out, Trigger trigger) {
        out.name("rules").startObject();
        trigger.rules().forEach((rule, link) -> {
            EntityId action = link.action();
            out.name(rule.toString()).startObject();
            out.name("action")
                    .startObject()
                    .field("path", action.path())
                    .field("name", action.name().value())
                    .endObject();
            out.field("status", link.isActive() ? "active" : "inactive").endObject();
        });
        out.endObject();
    }
}
