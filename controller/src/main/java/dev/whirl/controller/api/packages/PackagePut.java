package dev.whirl.controller.api.packages;

import dev.whirl.controller.api.entities.EntityPaths;
import dev.whirl.controller.api.entities.PutFields;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.json.RawJson;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The body of a PUT of a package (row R-100): null means not given. Unknown fields are ignored.
record PackagePut(@Nullable EntityId binding, PutFields fields) {
    /// @param own for bindings to `_`
    /// @throws ApiException 400
    static PackagePut decode(RawJson body, NamespaceName own) {
        PutFields fields = PutFields.of(body);
        RawJson binding = fields.given("binding");
        return new PackagePut(binding == null ? null : binding(binding, own), fields);
    }

    /// `{}` is no binding.
    private static @Nullable EntityId binding(RawJson json, NamespaceName own) {
        SequencedMap<String, RawJson> parts = json.fields();
        if (json.isObject() && parts.isEmpty()) {
            return null;
        }
        var target = EntityId.of(new NamespaceName(text(parts, "namespace")), new EntityName(text(parts, "name")));
        return EntityPaths.resolve(target, own);
    }

    private static String text(SequencedMap<String, RawJson> parts, String name) {
        return parts.getOrDefault(name, RawJson.NULL)
                .asText()
                .orElseThrow(() ->
                        new ApiException(ErrorCode.BAD_REQUEST, Messages.contentMalformed(Messages.BINDING_MALFORMED)));
    }
}
