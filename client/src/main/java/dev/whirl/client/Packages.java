package dev.whirl.client;

import dev.whirl.model.entity.Collection;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Creates, binds, reads and deletes packages.
public final class Packages {
    private final EntityCalls calls;

    Packages(Rest rest) {
        calls = new EntityCalls(rest, Collection.PACKAGES);
    }

    /// Creates a package, or changes it if that is allowed.
    ///
    /// @param isShared whether others may use it; null leaves it as it is, at first false
    public EntityDocument put(
            QualifiedName name, EntityUpdate update, @Nullable Boolean isShared, boolean mayOverwrite) {
        JsonWriter body = EntityCalls.body(update);
        if (isShared != null) {
            body.field("publish", isShared.booleanValue());
        }
        return calls.put(name, body.endObject(), mayOverwrite);
    }

    /// Creates a package that stands for another one and adds parameters, or changes it if that is allowed.
    public EntityDocument bind(QualifiedName target, QualifiedName name, EntityUpdate update, boolean mayOverwrite) {
        RawJson binding = new JsonWriter()
                .startObject()
                .field("namespace", target.namespace())
                .field("name", target.name())
                .endObject()
                .toRawJson();
        return calls.put(
                name, EntityCalls.body(update).field("binding", binding).endObject(), mayOverwrite);
    }

    public EntityDocument get(QualifiedName name) {
        return calls.get(name);
    }

    public List<EntityDocument> list(String namespace, Page page) {
        return calls.list(namespace, page);
    }

    /// Deletes a package.
    ///
    /// @param withContents its actions, too; otherwise the server refuses unless it is empty
    public void delete(QualifiedName name, boolean withContents) {
        Replies.value(calls.rest().delete(calls.path(name).with("force", withContents ? true : null)));
    }

    /// Asks the server to bring bindings up to date; few servers offer that.
    public RawJson refresh(String namespace) {
        ApiPath path = ApiPath.of("namespaces", namespace, "packages", "refresh");
        return Replies.value(calls.rest().post(path, RawJson.EMPTY_OBJECT));
    }
}
