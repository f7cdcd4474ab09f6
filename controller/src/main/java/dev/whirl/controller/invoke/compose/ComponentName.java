package dev.whirl.controller.invoke.compose;

import dev.whirl.model.ApiException;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.json.RawJson;
import java.util.List;
import java.util.Optional;

/// Names of actions as conductors give them: `a`, `pkg/a`, `/ns/a`, `/ns/pkg/a`, `_` for the caller's own namespace
/// (row R-181).
final class ComponentName {
    private ComponentName() {}

    /// @return empty if it is no name
    static Optional<EntityId> parse(RawJson json, NamespaceName own) {
        try {
            return json.asText().flatMap(text -> parse(text, own));
        } catch (ApiException e) {
            return Optional.empty(); // a part of it is not allowed in names
        }
    }

    private static Optional<EntityId> parse(String text, NamespaceName own) {
        boolean isFull = text.startsWith("/");
        List<String> parts = List.of((isFull ? text.substring(1) : "_/" + text).split("/", -1));
        return switch (parts.size()) {
            case 2 -> Optional.of(EntityId.of(namespace(parts.get(0), own), new EntityName(parts.get(1))));
            case 3 ->
                Optional.of(new EntityId(
                        namespace(parts.get(0), own), new EntityName(parts.get(1)), new EntityName(parts.get(2))));
            default -> Optional.empty();
        };
    }

    private static NamespaceName namespace(String text, NamespaceName own) {
        return text.equals("_") ? own : new NamespaceName(text);
    }
}
