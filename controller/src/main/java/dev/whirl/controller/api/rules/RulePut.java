package dev.whirl.controller.api.rules;

import dev.whirl.controller.api.entities.EntityPaths;
import dev.whirl.controller.api.entities.PutFields;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.json.RawJson;
import org.jspecify.annotations.Nullable;

/// The body of a PUT of a rule (row R-120): null means not given. Unknown fields are ignored.
record RulePut(@Nullable EntityId trigger, @Nullable EntityId action, PutFields fields) {
    /// @param own for names in `_`
    /// @throws dev.whirl.model.ApiException 400
    static RulePut decode(RawJson body, NamespaceName own) {
        PutFields fields = PutFields.of(body);
        return new RulePut(id(fields.given("trigger"), own), id(fields.given("action"), own), fields);
    }

    private static @Nullable EntityId id(@Nullable RawJson json, NamespaceName own) {
        return json == null ? null : EntityPaths.resolve(EntityPaths.decode(json), own);
    }
}
