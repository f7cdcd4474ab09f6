package dev.whirl.store.couchdb;

import dev.whirl.model.entity.Collection;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.store.Entities.Query;
import java.util.List;

/// Which view answers which question about entities (row I-46), and what its keys mean.
final class EntityViews {
    private static final String DESIGN = DesignDocuments.WHISKS + "/";

    private EntityViews() {}

    static ViewQuery list(Query query) {
        String view = DESIGN
                + (query.isPublicOnly() ? "packages-public" : query.collection().plural());
        EntityName pkg = query.pkg();
        String path = pkg == null ? query.namespace().value() : query.namespace() + "/" + pkg;
        return under(view, path);
    }

    static ViewQuery membersOf(NamespaceName namespace, EntityName pkg) {
        return under(DESIGN + Collection.ACTIONS.plural(), namespace + "/" + pkg);
    }

    /// One for each collection: its rows count by path.
    static List<ViewQuery> countsByPath() {
        return List.of(Collection.values()).stream()
                .map(each -> ViewQuery.countsByFirst(DESIGN + each.plural()))
                .toList();
    }

    /// `namespace/name` or `namespace/package/name`.
    static EntityId id(String text) {
        String[] parts = text.split("/", -1);
        EntityName pkg = parts.length == 2 ? null : new EntityName(parts[1]);
        return new EntityId(new NamespaceName(parts[0]), pkg, new EntityName(parts[parts.length - 1]));
    }

    private static ViewQuery under(String view, String path) {
        return ViewQuery.between(view, ViewQuery.key(path), ViewQuery.key(path, ViewQuery.LAST));
    }
}
