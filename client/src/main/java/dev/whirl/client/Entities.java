package dev.whirl.client;

import dev.whirl.model.entity.Collection;
import java.util.List;

/// Lists packages, triggers and rules, and reads them one by one.
public final class Entities {
    private final Rest rest;

    Entities(Rest rest) {
        this.rest = rest;
    }

    public List<EntityRow> list(Collection collection, String namespace, Page page) {
        ApiPath path = ApiPath.of("namespaces", namespace, collection.plural())
                .with("limit", page.limit())
                .with("skip", page.skip());
        return Replies.list(rest.get(path)).stream().map(EntityRow::read).toList();
    }

    public EntityRow get(Collection collection, String namespace, String name) {
        return EntityRow.read(Replies.value(rest.get(ApiPath.of("namespaces", namespace, collection.plural(), name))));
    }
}
