package dev.whirl.cli.command;

import dev.whirl.client.ActionDocument;
import dev.whirl.client.ClientException;
import dev.whirl.client.EntityDocument;
import dev.whirl.client.Page;
import dev.whirl.client.QualifiedName;
import dev.whirl.client.WhirlClient;
import dev.whirl.model.entity.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Looks among the entities of namespaces for those that a user may have meant. Each namespace is
/// asked once.
final class NearestEntities {
    /// A sequence can have many components; nobody mistypes more names than these at once.
    private static final int MOST_NAMES = 20;

    private final WhirlClient client;
    private final Collection collection;
    private final Map<String, List<String>> known = new HashMap<>();

    NearestEntities(WhirlClient client, Collection collection) {
        this.client = client;
        this.collection = collection;
    }

    /// The names that are nearly those of some that are not there, as the user would write them;
    /// none if the server does not tell.
    Set<String> names(List<QualifiedName> wanted) {
        var near = new LinkedHashSet<String>();
        wanted.stream().distinct().limit(MOST_NAMES).forEach(each -> near.addAll(nearly(each)));
        return near;
    }

    private List<String> nearly(QualifiedName wanted) {
        List<String> there = known.computeIfAbsent(wanted.namespace(), this::all);
        return there.contains(wanted.entityName())
                ? List.of()
                : Nearest.names(wanted.entityName(), there).stream()
                        .map(name -> written(wanted, name))
                        .toList();
    }

    /// In the way in which the user wrote the name that is not there.
    private static String written(QualifiedName wanted, String name) {
        return wanted.namespace().equals("_") ? name : "/" + wanted.namespace() + "/" + name;
    }

    private List<String> all(String namespace) {
        try {
            return switch (collection) {
                case ACTIONS ->
                    client.actions().list(namespace, Page.MOST).stream()
                            .map(NearestEntities::nameWithPackage)
                            .toList();
                case PACKAGES -> plain(client.packages().list(namespace, Page.MOST));
                case TRIGGERS -> plain(client.triggers().list(namespace, Page.MOST));
                case RULES -> plain(client.rules().list(namespace, Page.MOST));
            };
        } catch (ClientException _) {
            return List.of();
        }
    }

    private static List<String> plain(List<EntityDocument> entities) {
        return entities.stream().map(EntityDocument::name).toList();
    }

    private static String nameWithPackage(ActionDocument action) {
        int slash = action.namespace().indexOf('/');
        return slash < 0 ? action.name() : action.namespace().substring(slash + 1) + "/" + action.name();
    }
}
