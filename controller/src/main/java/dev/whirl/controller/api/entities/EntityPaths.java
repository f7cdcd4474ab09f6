package dev.whirl.controller.api.entities;

import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.json.RawJson;
import java.util.List;
import java.util.SequencedMap;

/// Names of entities inside of bodies: `/ns/name`, `/ns/pkg/name`, `ns/name`, or `{"path","name"}` (rows ).
public final class EntityPaths {
    private EntityPaths() {}

    /// Reads a name as it stands; `_` for the namespace is kept, see [#resolve].
    ///
    /// @throws ApiException 400
    public static EntityId decode(RawJson json) {
        String text = json.isObject() ? ofParts(json) : json.asText().orElseThrow(EntityPaths::malformed);
        try {
            return parse(text);
        } catch (ApiException e) {
            String prefix = Messages.contentMalformed("");
            throw e.sentence().startsWith(prefix) ? e : new ApiException(e.code(), prefix + e.sentence());
        }
    }

    /// @throws ApiException 400
    public static EntityId parse(String text) {
        String bare = text.startsWith("/") ? text.substring(1) : text;
        List<String> segments = List.of(bare.split("/", -1));
        return switch (segments.size()) {
            case 2 -> EntityId.of(namespace(segments.get(0)), new EntityName(segments.get(1)));
            case 3 ->
                new EntityId(
                        namespace(segments.get(0)), new EntityName(segments.get(1)), new EntityName(segments.get(2)));
            default -> throw malformed();
        };
    }

    /// Puts the caller's own namespace in place of `_` (row R-2).
    public static EntityId resolve(EntityId id, NamespaceName own) {
        return id.namespace().value().equals("_") ? new EntityId(own, id.pkg(), id.name()) : id;
    }

    private static String ofParts(RawJson json) {
        SequencedMap<String, RawJson> fields = json.fields();
        String path = fields.getOrDefault("path", RawJson.NULL).asText().orElseThrow(EntityPaths::malformed);
        String name = fields.getOrDefault("name", RawJson.NULL).asText().orElseThrow(EntityPaths::malformed);
        return path + "/" + name;
    }

    private static NamespaceName namespace(String text) {
        return new NamespaceName(text);
    }

    private static ApiException malformed() {
        return new ApiException(ErrorCode.BAD_REQUEST, Messages.contentMalformed(Messages.PATH_MALFORMED));
    }
}
