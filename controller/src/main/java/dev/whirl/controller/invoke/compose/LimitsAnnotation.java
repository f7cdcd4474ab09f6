package dev.whirl.controller.invoke.compose;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.entity.ActionLimits;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;

/// The annotation `limits` of records (rows ).
public final class LimitsAnnotation {
    private LimitsAnnotation() {}

    public static RawJson of(ActionLimits limits) {
        return of(limits, limits.memory());
    }

    static RawJson of(ActionLimits limits, ByteSize memory) {
        var out = new JsonWriter(128).startObject();
        out.field("timeout", limits.timeout().toMillis());
        out.field("memory", memory.toMebibytes());
        out.field("logs", limits.logs().toMebibytes());
        out.field("concurrency", limits.concurrency());
        if (limits.instances() != null) {
            out.field("instances", limits.instances());
        }
        return out.endObject().toRawJson();
    }
}
