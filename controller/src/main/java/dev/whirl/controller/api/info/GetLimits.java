package dev.whirl.controller.api.info;

import dev.whirl.controller.access.Gate;
import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.Call;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.limits.ActionBounds;
import dev.whirl.model.limits.NamespaceLimits;
import dev.whirl.model.limits.SystemLimits;
import java.util.Set;

/// `GET …/limits` (row R-155): what counts for the caller.
record GetLimits(Gate gate, SystemLimits system) implements Endpoint.Guarded {
    @Override
    public Answer answer(Call call) {
        NamespaceName namespace = call.namespace();
        gate.requireOwner(call.caller(), namespace, namespace.value());
        NamespaceLimits own = call.caller().limits();
        SystemLimits counting = system.in(own);
        var out = new JsonWriter(512)
                .startObject()
                .field("invocationsPerMinute", counting.invocationsPerMinute())
                .field("concurrentInvocations", counting.concurrentInvocations())
                .field("firesPerMinute", counting.firesPerMinute());
        writeOptional(out, own);
        writeRanges(out, counting);
        out.field("maxParameterSize", counting.parameters().bytes() + " B");
        writeOptionalSizes(out, system.bounds(own).sizes(), counting);
        out.field("maxActionInstances", counting.instances(own));
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

    /// Sizes that are shown only where something was set for namespaces.
    private static void writeOptionalSizes(JsonWriter out, ActionBounds.Sizes set, SystemLimits counting) {
        if (set.payload() != null) {
            out.field("maxPayloadSize", counting.payload().bytes() + " B");
        }
        if (set.truncation() != null) {
            out.field("truncationSize", counting.truncation().bytes() + " B");
        }
    }

    private static void writeRanges(JsonWriter out, SystemLimits system) {
        out.field("minActionMemory", system.memory().min().toMebibytes())
                .field("maxActionMemory", system.memory().max().toMebibytes())
                .field("minActionLogs", system.logs().min().toMebibytes())
                .field("maxActionLogs", system.logs().max().toMebibytes())
                .field("minActionTimeout", system.timeout().min().toMillis())
                .field("maxActionTimeout", system.timeout().max().toMillis())
                .field("minActionConcurrency", system.concurrency().min())
                .field("maxActionConcurrency", system.concurrency().max());
    }
}
