package dev.whirl.client;

import dev.whirl.model.entity.Collection;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import java.util.List;

/// Creates, enables, reads and deletes rules.
public final class Rules {
    private final EntityCalls calls;

    Rules(Rest rest) {
        calls = new EntityCalls(rest, Collection.RULES);
    }

    /// Creates a rule, or changes it if that is allowed.
    public EntityDocument put(QualifiedName name, QualifiedName trigger, QualifiedName action, boolean mayOverwrite) {
        return put(name, body(trigger, action), mayOverwrite);
    }

    /// The same with annotations, which replace all that are there.
    public EntityDocument put(
            QualifiedName name,
            QualifiedName trigger,
            QualifiedName action,
            KeyValues annotations,
            boolean mayOverwrite) {
        return put(name, body(trigger, action).field("annotations", annotations.toJson()), mayOverwrite);
    }

    private EntityDocument put(QualifiedName name, JsonWriter body, boolean mayOverwrite) {
        return calls.put(name, body.endObject(), mayOverwrite);
    }

    private static JsonWriter body(QualifiedName trigger, QualifiedName action) {
        return new JsonWriter()
                .startObject()
                .field("trigger", trigger.toString())
                .field("action", action.toString());
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

    /// Lets a rule act, or stops it.
    public void setActive(QualifiedName name, boolean isActive) {
        RawJson status = RawJson.string(isActive ? "active" : "inactive");
        Replies.value(calls.rest().post(calls.path(name), RawJson.object("status", status)));
    }
}
