package dev.whirl.controller.api.info;

import dev.whirl.controller.access.Gate;
import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.Call;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.limits.NamespaceLimits;
import dev.whirl.model.limits.SystemLimits;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `GET …/limits` (row R-155): what counts for the caller.
record GetLimits(Gate gate, SystemLimits system) implements Endpoint.Guarded {
    @Override
    public Answer answer(Call call) {
        NamespaceName namespace = call.namespace();
        gate.requireOwner(call.caller(), namespace, namespace.value());
        NamespaceLimits own = call.caller().limits();
        int concurrent = orElse(own.concurrentInvocations(), system.concurrentInvocations());
        var out = new JsonWriter(512)
                .startObject()
                .field("invocationsPerMinute", orElse(own.invocationsPerMinute(), system.invocationsPerMinute()))
                .field("concurrentInvocations", concurrent)
                .field("firesPerMinute", orElse(own.firesPerMinute(), system.firesPerMinute()));
        writeOptional(out, own);
        writeRanges(out);
        out.field("maxParameterSize", system.parameters().bytes() + " B").field("maxActionInstances", concurrent);
        return Answer.json(200, out.endObject());
    }

    private static void writeOptional(JsonWriter out, NamespaceLimits own) {
        Set<String> kinds = own.allowedKinds();
        if (kinds != null) {
            out.name("allowedKinds").startArray();
            kinds.stream().sorted().forEach(out::string);
            out.endArray();
        }
        Boolean stores = own.storeActivations();
        if (stores != null) {
            out.field("storeActivations", stores.booleanValue());
        }
    }

    private void writeRanges(JsonWriter out) {
        out.field("minActionMemory", system.memory().min().toMebibytes())
                .field("maxActionMemory", system.memory().max().toMebibytes())
                .field("minActionLogs", system.logs().min().toMebibytes())
                .field("maxActionLogs", system.logs().max().toMebibytes())
                .field("minActionTimeout", system.timeout().min().toMillis())
                .field("maxActionTimeout", system.timeout().max().toMillis())
                .field("minActionConcurrency", system.concurrency().min())
                .field("maxActionConcurrency", system.concurrency().max());
    }

    private static int orElse(@Nullable Integer own, int system) {
        return own == null ? system : own;
    }
}
