package dev.whirl.cli.command;

import dev.whirl.client.ActionDocument;
import dev.whirl.client.ClientException;
import dev.whirl.client.EntityDocument;
import dev.whirl.client.Page;
import dev.whirl.client.QualifiedName;
import dev.whirl.client.WhirlClient;
import dev.whirl.model.entity.Collection;
import java.util.List;

/// Looks among a namespace's entities for one that a user may have meant.
final class NearestEntities {
    private NearestEntities() {}

    /// The names, as the user would write them; none if the server does not tell.
    static List<String> names(WhirlClient client, QualifiedName missing, Collection collection) {
        try {
            return Nearest.names(missing.entityName(), all(client, missing.namespace(), collection));
        } catch (ClientException _) {
            return List.of();
        }
    }

    private static List<String> all(WhirlClient client, String namespace, Collection collection) {
        return switch (collection) {
            case ACTIONS ->
                client.actions().list(namespace, Page.MOST).stream()
                        .map(NearestEntities::nameWithPackage)
                        .toList();
            case PACKAGES -> names(client.packages().list(namespace, Page.MOST));
            case TRIGGERS -> names(client.triggers().list(namespace, Page.MOST));
            case RULES -> names(client.rules().list(namespace, Page.MOST));
        };
    }

    private static List<String> names(List<EntityDocument> entities) {
        return entities.stream().map(EntityDocument::name).toList();
    }

    private static String nameWithPackage(ActionDocument action) {
        int slash = action.namespace().indexOf('/');
        return slash < 0 ? action.name() : action.namespace().substring(slash + 1) + "/" + action.name();
    }
}
