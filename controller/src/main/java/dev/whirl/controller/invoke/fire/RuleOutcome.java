package dev.whirl.controller.invoke.fire;

import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationResponse.Status;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.json.JsonWriter;

/// What became of one rule when its trigger was fired: a line in the logs of the trigger's record (row R-111).
sealed interface RuleOutcome {
    /// @param id of the action's activation
    record Activated(ActivationId id) implements RuleOutcome {}

    /// @param status whose fault it is
    record Refused(Status status, String sentence) implements RuleOutcome {}

    default String line(EntityId rule, EntityId action) {
        var out =
                new JsonWriter(256).startObject().field("rule", rule.toString()).field("action", action.toString());
        switch (this) {
            case Activated(ActivationId id) ->
                out.field("statusCode", Status.SUCCESS.code())
                        .field("success", true)
                        .field("activationId", id.value());
            case Refused(Status status, String sentence) ->
                out.field("statusCode", status.code()).field("success", false).field("error", sentence);
        }
        return out.endObject().toRawJson().toString();
    }
}
