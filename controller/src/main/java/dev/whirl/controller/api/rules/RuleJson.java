package dev.whirl.controller.api.rules;

import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.Rule;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.KeyValues;

/// Rules as users see them (row R-120).
final class RuleJson {
    static final String ACTIVE = "active";
    static final String INACTIVE = "inactive";

    private RuleJson() {}

    /// A row of a list: everything but the status (row R-33).
    static void writeRow(JsonWriter out, Rule rule) {
        writeName(out.startObject(), rule);
        writeRest(out, rule);
    }

    static JsonWriter whole(Rule rule, boolean isActive) {
        var out = new JsonWriter(1024).startObject();
        writeName(out, rule);
        out.field("status", isActive ? ACTIVE : INACTIVE);
        writeRest(out, rule);
        return out;
    }

    private static void writeName(JsonWriter out, Rule rule) {
        out.field("namespace", rule.id().path()).field("name", rule.id().name().value());
    }

    private static void writeRest(JsonWriter out, Rule rule) {
        writeId(out.name("trigger"), rule.trigger());
        writeId(out.name("action"), rule.action());
        out.field("version", rule.version().toString()).field("publish", false);
        KeyValues.write(out.name("annotations"), rule.annotations());
        out.field("updated", rule.updated().toEpochMilli()).endObject();
    }

    private static void writeId(JsonWriter out, EntityId id) {
        out.startObject()
                .field("path", id.path())
                .field("name", id.name().value())
                .endObject();
    }
}
