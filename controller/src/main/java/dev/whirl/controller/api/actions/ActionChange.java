package dev.whirl.controller.api.actions;

import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.ActionLimits;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.Exec;
import dev.whirl.model.entity.Parameters;
import dev.whirl.model.entity.Version;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.limits.SystemLimits;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What an action becomes by a PUT (rows ).
final class ActionChange {
    private ActionChange() {}

    static Action create(EntityId id, ActionPut put, Exec exec, SystemLimits system, Instant now) {
        Annotations given = put.annotations() == null ? Annotations.NONE : put.annotations();
        return new Action(
                id,
                exec,
                put.parameters() == null ? Parameters.NONE : put.parameters(),
                put.limits().over(standard(system)),
                put.version() == null ? Version.FIRST : put.version(),
                given.withDefault("provide-api-key", RawJson.FALSE).with("exec", RawJson.string(exec.kind())),
                now);
    }

    /// @param exec null keeps the old one
    static Action update(Action old, ActionPut put, @Nullable Exec exec, Instant now) {
        Exec next = exec == null ? old.exec() : exec;
        Annotations kept = old.annotations().without(put.delAnnotations());
        Annotations merged = put.annotations() == null ? kept : kept.overriddenBy(put.annotations());
        return new Action(
                old.id(),
                next,
                put.parameters() == null ? old.parameters() : put.parameters(),
                put.limits().over(old.limits()),
                put.version() == null ? old.version().nextPatch() : put.version(),
                merged.with("exec", RawJson.string(next.kind())),
                now);
    }

    private static ActionLimits standard(SystemLimits system) {
        return new ActionLimits(
                system.timeout().standard(),
                system.memory().standard(),
                system.logs().standard(),
                system.concurrency().standard(),
                null);
    }
}
