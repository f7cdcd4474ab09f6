package dev.whirl.client;

import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What to create an action with, or to change about it: null or empty leaves as it is (rows ).
///
/// @param removedAnnotations keys; for updates
public record ActionUpdate(
        @Nullable ActionExec exec,
        @Nullable KeyValues parameters,
        KeyValues annotations,
        List<String> removedAnnotations,
        LimitsUpdate limits) {
    public static final ActionUpdate NOTHING =
            new ActionUpdate(null, null, KeyValues.NONE, List.of(), LimitsUpdate.NOTHING);

    public ActionUpdate {
        removedAnnotations = List.copyOf(removedAnnotations);
    }

    public ActionUpdate withExec(@Nullable ActionExec code) {
        return new ActionUpdate(code, parameters, annotations, removedAnnotations, limits);
    }

    public ActionUpdate withParameters(@Nullable KeyValues values) {
        return new ActionUpdate(exec, values, annotations, removedAnnotations, limits);
    }

    public ActionUpdate withAnnotations(KeyValues values) {
        return new ActionUpdate(exec, parameters, values, removedAnnotations, limits);
    }

    public ActionUpdate withRemovedAnnotations(List<String> keys) {
        return new ActionUpdate(exec, parameters, annotations, keys, limits);
    }

    public ActionUpdate withLimits(LimitsUpdate update) {
        return new ActionUpdate(exec, parameters, annotations, removedAnnotations, update);
    }

    /// The body of the PUT.
    byte[] toBytes() {
        var writer = new JsonWriter(exec == null ? 1024 : exec.expectedBytes() + 1024).startObject();
        if (exec != null) {
            exec.writeTo(writer.name("exec"));
        }
        if (parameters != null) {
            writer.field("parameters", parameters.toJson());
        }
        if (!annotations.isEmpty()) {
            writer.field("annotations", annotations.toJson());
        }
        if (!removedAnnotations.isEmpty()) {
            writer.field(
                    "delAnnotations",
                    RawJson.array(
                            removedAnnotations.stream().map(RawJson::string).toList()));
        }
        if (!limits.isNothing()) {
            writer.field("limits", limits.toJson());
        }
        return writer.endObject().toBytes();
    }
}
