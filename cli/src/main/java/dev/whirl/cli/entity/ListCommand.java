package dev.whirl.cli.entity;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Options.Flag;
import dev.whirl.cli.command.OutputOption;
import dev.whirl.cli.command.PageOptions;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.output.EntityLists;
import dev.whirl.client.EntityDocument;
import dev.whirl.client.Page;
import dev.whirl.client.QualifiedName;
import dev.whirl.client.WhirlClient;
import dev.whirl.model.entity.Collection;
import java.util.List;

/// `list` of packages, triggers or rules (row L-25).
public final class ListCommand extends Command {
    private final Collection collection;
    private final Listing listing;
    private final PageOptions page;
    private final Flag nameSort;
    private final OutputOption output;

    public ListCommand(Collection collection, Listing listing) {
        super(
                "[/NAMESPACE]",
                "list the %s of a namespace, last changed first".formatted(collection.plural()),
                "wsk %s list".formatted(collection.singular()),
                "wsk %s list --name-sort --limit 200".formatted(collection.singular()));
        this.collection = collection;
        this.listing = listing;
        page = PageOptions.of(options(), collection.plural());
        nameSort = options().flag("sort by name", "-n", "--name-sort");
        output = OutputOption.of(options());
    }

    /// What the three kinds do differently.
    public interface Listing {
        /// Asks the server.
        List<EntityDocument> list(WhirlClient client, String namespace, Page part);

        /// Prints the list for people.
        void print(EntityLists lists, List<EntityDocument> entities);

        /// Adds what the list does not say and people want to see.
        default List<EntityDocument> completed(Session session, List<EntityDocument> entities) {
            return entities;
        }
    }

    @Override
    public int run(Session session) {
        List<String> arguments = arguments(0, 1, "An optional namespace is the only valid argument.");
        String namespace = arguments.isEmpty() ? session.settings().namespace() : namespace(session, arguments);
        List<EntityDocument> entities = listing.completed(
                session,
                session.call(
                        "Unable to obtain the list of %s for namespace '%s'"
                                .formatted(collection.plural(), shown(namespace)),
                        client -> listing.list(client, namespace, page.value())));
        var lists = new EntityLists(session.out(), nameSort.isSet());
        if (!output.printed(session.out(), lists.byName(entities), EntityDocument::json)) {
            listing.print(lists, entities);
        }
        return ExitCodes.OK;
    }

    private static String namespace(Session session, List<String> arguments) {
        QualifiedName place = session.name(arguments.getFirst());
        if (!place.name().isEmpty()) {
            throw CliException.usage(
                    "An entity name, '%s', was provided instead of a namespace. Valid namespaces are of the following format: /NAMESPACE."
                            .formatted(place.entityName()));
        }
        return place.namespace();
    }

    private static String shown(String namespace) {
        return namespace.equals("_") ? "default" : namespace;
    }
}
