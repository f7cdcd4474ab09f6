package dev.whirl.client;

import dev.whirl.model.entity.Collection;
import dev.whirl.model.json.JsonWriter;
import java.util.List;

/// What packages, triggers and rules have in common: they lie directly in a namespace.
record EntityCalls(Rest rest, Collection collection) {
    EntityDocument put(QualifiedName name, JsonWriter body, boolean mayOverwrite) {
        ApiPath path = path(name).with("overwrite", mayOverwrite);
        return EntityDocument.read(Replies.value(rest.put(path, body.toBytes())));
    }

    EntityDocument get(QualifiedName name) {
        return EntityDocument.read(Replies.value(rest.get(path(name))));
    }

    void delete(QualifiedName name) {
        Replies.value(rest.delete(path(name)));
    }

    List<EntityDocument> list(String namespace, Page page) {
        ApiPath path = ApiPath.of("namespaces", namespace, collection.plural())
                .with("limit", page.limit())
                .with("skip", page.skip());
        return Replies.list(rest.get(path)).stream().map(EntityDocument::read).toList();
    }

    /// @throws IllegalArgumentException for a name in a package, where none of these lies
    ApiPath path(QualifiedName name) {
        if (name.packageName() != null) {
            throw new IllegalArgumentException("no %s lies in a package: %s".formatted(collection.singular(), name));
        }
        return ApiPath.of("namespaces", name.namespace(), collection.plural(), name.name());
    }

    /// Writes parameters and annotations that are to be set; null leaves as it is.
    static JsonWriter body(EntityUpdate update) {
        var writer = new JsonWriter().startObject();
        if (update.parameters() != null) {
            writer.field("parameters", update.parameters().toJson());
        }
        if (update.annotations() != null) {
            writer.field("annotations", update.annotations().toJson());
        }
        return writer;
    }
}
