package dev.whirl.controller.api.actions;

import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.ActionLimits;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.Exec;
import dev.whirl.model.entity.Parameter;
import dev.whirl.model.entity.Parameters;
import dev.whirl.model.entity.Version;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.limits.SystemLimits;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an action becomes by a PUT (rows ).
final class ActionChange {
    private ActionChange() {}

    /// What counts where a new action says nothing.
    record Standard(SystemLimits limits, Annotations annotations) {}

    static Action create(EntityId id, ActionPut put, Exec exec, Standard standard, Instant now) {
        Annotations given = put.annotations() == null ? Annotations.NONE : put.annotations();
        Annotations annotations = standard.annotations().without(given.values().keySet());
        return new Action(
                id,
                exec,
                parameters(put, exec, Parameters.NONE),
                put.limits().over(standard(standard.limits())),
                put.version() == null ? Version.FIRST : put.version(),
                given.overriddenBy(annotations).with("exec", RawJson.string(exec.kind())),
                now);
    }

    /// @param exec null keeps the old one
    static Action update(Action old, ActionPut put, @Nullable Exec exec, Instant now) {
        Exec next = exec == null ? old.exec() : exec;
        Parameters inherited = old.exec() instanceof Exec.Sequence ? Parameters.NONE : old.parameters();
        Annotations kept = old.annotations().without(put.delAnnotations());
        Annotations merged = put.annotations() == null ? kept : kept.overriddenBy(put.annotations());
        return new Action(
                old.id(),
                next,
                parameters(put, next, inherited),
                put.limits().over(old.limits()),
                put.version() == null ? old.version().nextPatch() : put.version(),
                merged.with("exec", RawJson.string(next.kind())),
                now);
    }

    /// A sequence has one parameter, which nobody sets: the names of its components.
    private static Parameters parameters(ActionPut put, Exec exec, Parameters inherited) {
        if (exec instanceof Exec.Sequence(var components)) {
            List<RawJson> names =
                    components.stream().map(each -> RawJson.string("/" + each)).toList();
            return new Parameters(List.of(Parameter.of("_actions", RawJson.array(names))));
        }
        return put.parameters() == null ? inherited : put.parameters();
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
