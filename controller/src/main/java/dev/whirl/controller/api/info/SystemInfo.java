package dev.whirl.controller.api.info;

import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.ApiRequest;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.limits.SystemLimits;
import dev.whirl.model.runtime.RuntimeKind;
import dev.whirl.model.runtime.RuntimesManifest;

/// `GET /` (row R-170): limits, and the kinds on offer. Clients read `runtimes` to know what they may ask for,
/// so aliases stand there too.
final class SystemInfo implements Endpoint.Open {
    private final RawJson text;

    SystemInfo(SystemLimits limits, RuntimesManifest runtimes) {
        var out = new JsonWriter(4096).startObject().field("description", "OpenWhisk");
        out.name("support").startObject().field("github", "").field("slack", "").endObject();
        out.name("api_paths").startArray().string("/api/v1").endArray();
        writeLimits(out.name("limits"), limits);
        writeRuntimes(out.name("runtimes"), runtimes);
        text = out.endObject().toRawJson();
    }

    @Override
    public Answer answer(ApiRequest request) {
        return Answer.json(200, text);
    }

    private static void writeLimits(JsonWriter out, SystemLimits limits) {
        out.startObject()
                .field("actions_per_minute", limits.invocationsPerMinute())
                .field("triggers_per_minute", limits.firesPerMinute())
                .field("concurrent_actions", limits.concurrentInvocations())
                .field("sequence_length", limits.sequenceLength());
        writeRanges(out, "default_", limits);
        writeRanges(out, "", limits);
        out.endObject();
    }

    private static void writeRanges(JsonWriter out, String prefix, SystemLimits limits) {
        out.field(prefix + "min_action_duration", limits.timeout().min().toMillis())
                .field(prefix + "max_action_duration", limits.timeout().max().toMillis())
                .field(prefix + "min_action_memory", limits.memory().min().bytes())
                .field(prefix + "max_action_memory", limits.memory().max().bytes())
                .field(prefix + "min_action_logs", limits.logs().min().bytes())
                .field(prefix + "max_action_logs", limits.logs().max().bytes());
    }

    private static void writeRuntimes(JsonWriter out, RuntimesManifest runtimes) {
        out.startObject();
        runtimes.byFamily().forEach((family, members) -> {
            out.name(family).startArray();
            for (RuntimeKind each : members) {
                writeKind(out, each, each.kind(), each.isDefault());
                each.aliases().forEach(alias -> writeKind(out, each, alias, false));
            }
            out.endArray();
        });
        out.endObject();
    }

    private static void writeKind(JsonWriter out, RuntimeKind runtime, String kind, boolean isDefault) {
        out.startObject()
                .field("kind", kind)
                .field("image", runtime.image())
                .field("deprecated", runtime.isDeprecated())
                .field("default", isDefault)
                .field("attached", true)
                .field("requireMain", runtime.requiresMain())
                .endObject();
    }
}
