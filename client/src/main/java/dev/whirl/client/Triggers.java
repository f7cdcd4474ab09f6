package dev.whirl.client;

import dev.whirl.model.entity.Collection;
import dev.whirl.model.json.RawJson;
import java.util.List;
import java.util.Optional;

/// Creates, fires, reads and deletes triggers.
public final class Triggers {
    private final EntityCalls calls;

    Triggers(Rest rest) {
        calls = new EntityCalls(rest, Collection.TRIGGERS);
    }

    /// Creates a trigger, or changes it if that is allowed.
    public EntityDocument put(QualifiedName name, EntityUpdate update, boolean mayOverwrite) {
        return calls.put(name, EntityCalls.body(update).endObject(), mayOverwrite);
    }

    public EntityDocument get(QualifiedName name) {
        return calls.get(name);
    }

    public List<EntityDocument> list(String namespace, Page page) {
        return calls.list(namespace, page);
    }

    public void delete(QualifiedName name) {
        calls.delete(name);
    }

    /// Fires a trigger with a JSON object.
    ///
    /// @return the activation's id; empty if no rule is active (row R-111)
    public Optional<String> fire(QualifiedName name, RawJson payload) {
        return Replies.value(calls.rest().post(calls.path(name), payload))
                .field("activationId")
                .flatMap(RawJson::asText);
    }
}
