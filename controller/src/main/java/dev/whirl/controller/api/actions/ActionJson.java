package dev.whirl.controller.api.actions;

import dev.whirl.controller.api.http.Answer;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.ActionLimits;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.Exec;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.KeyValues;
import org.jspecify.annotations.Nullable;

/// Actions as users see them (rows ).
public final class ActionJson {
    private ActionJson() {}

    /// A row of a list.
    public static void writeSummary(JsonWriter out, Action action) {
        out.startObject();
        writeName(out, action);
        out.field("version", action.version().toString()).field("publish", false);
        KeyValues.write(out.name("annotations"), action.annotations());
        writeLimits(out.name("limits"), action.limits());
        out.name("exec").startObject().field("binary", isBinary(action)).endObject();
        out.field("updated", action.updated().toEpochMilli()).endObject();
    }

    /// The whole action but its code.
    ///
    /// @param binding the package binding by which it was reached, shown if there is one (row R-61)
    static Answer withoutCode(Action action, @Nullable EntityId binding) {
        var out = new JsonWriter(1024).startObject();
        writeName(out, action);
        if (binding != null) {
            out.field("binding", binding.toString());
        }
        writeExecStart(out.name("exec").startObject(), action.exec());
        writeExecEnd(out, action);
        return Answer.json(200, writeRest(out, action));
    }

    /// The whole action. Code is written from where it is, not copied into a document.
    static Answer withCode(Action action, byte[] code) {
        var head = new JsonWriter(512).startObject();
        writeName(head, action);
        writeExecStart(head.name("exec").startObject(), action.exec());
        head.name("code");
        var tail = new JsonWriter(1024);
        writeExecEnd(tail, action);
        return new CodeDocument(head.toBytes(), code, writeRest(tail, action).toBytes()).answer();
    }

    private static void writeName(JsonWriter out, Action action) {
        out.field("namespace", action.id().path())
                .field("name", action.id().name().value());
    }

    private static void writeExecStart(JsonWriter out, Exec exec) {
        out.field("kind", exec.kind());
        switch (exec) {
            case Exec.Code _ -> {}
            case Exec.Blackbox blackbox -> out.field("image", blackbox.image());
            case Exec.Sequence sequence -> {
                out.name("components").startArray();
                sequence.components().forEach(each -> out.string("/" + each));
                out.endArray();
            }
        }
    }

    private static void writeExecEnd(JsonWriter out, Action action) {
        if (!(action.exec() instanceof Exec.Sequence)) {
            out.field("binary", isBinary(action));
        }
        action.exec().entryPoint().ifPresent(main -> out.field("main", main));
        out.endObject();
    }

    private static JsonWriter writeRest(JsonWriter out, Action action) {
        KeyValues.write(out.name("parameters"), action.parameters());
        writeLimits(out.name("limits"), action.limits());
        out.field("version", action.version().toString()).field("publish", false);
        KeyValues.write(out.name("annotations"), action.annotations());
        return out.field("updated", action.updated().toEpochMilli()).endObject();
    }

    private static void writeLimits(JsonWriter out, ActionLimits limits) {
        out.startObject()
                .field("timeout", limits.timeout().toMillis())
                .field("memory", limits.memory().toMebibytes())
                .field("logs", limits.logs().toMebibytes())
                .field("concurrency", limits.concurrency());
        if (limits.instances() != null) {
            out.field("instances", limits.instances());
        }
        out.endObject();
    }

    private static boolean isBinary(Action action) {
        return action.exec().codeRef().map(each -> each.isBinary()).orElse(false);
    }
}
