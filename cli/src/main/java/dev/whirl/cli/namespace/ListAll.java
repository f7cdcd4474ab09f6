package dev.whirl.cli.namespace;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Options.Flag;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.output.EntityLists;
import dev.whirl.client.ApiErrorException;
import dev.whirl.client.EntityRow;
import dev.whirl.client.Page;
import dev.whirl.client.WhirlClient;
import dev.whirl.model.entity.Collection;
import java.util.List;

/// `wsk list` and `wsk namespace get`: everything in the namespace (row L-20).
final class ListAll extends Command {
    private final Flag nameSort = options().flag("sort each list by name", "-n", "--name-sort");

    ListAll() {
        super("[/_]", "list packages, actions, triggers and rules of your namespace", "wsk list --name-sort");
    }

    @Override
    public int run(Session session) {
        List<String> arguments = arguments(0, 1, "No arguments are required.");
        if (!arguments.isEmpty() && !arguments.getFirst().equals("/_")) {
            throw CliException.usage("Invalid argument(s): " + arguments.getFirst() + ". No arguments are required.");
        }
        String namespace = session.settings().namespace();
        String shown = namespace.equals("_") ? "default" : namespace;
        var actions = session.call(
                unable("Actions", shown), client -> client.actions().list(namespace, Page.MOST));
        var packages = entities(session, Collection.PACKAGES, "Packages", shown);
        var triggers = entities(session, Collection.TRIGGERS, "Triggers", shown);
        var rules = entities(session, Collection.RULES, "Rules", shown).stream()
                .map(rule -> withStatus(session, rule))
                .toList();

        session.out().line("Entities in namespace: " + session.out().bold(shown));
        var lists = new EntityLists(session.out(), nameSort.isSet());
        lists.packages(packages);
        lists.actions(actions);
        lists.triggers(triggers);
        lists.rules(rules);
        return ExitCodes.OK;
    }

    private static List<EntityRow> entities(Session session, Collection collection, String title, String shown) {
        return session.call(unable(title, shown), client -> listOrNothing(client, collection, session));
    }

    /// A server that does not have the collection at all has nothing in it.
    private static List<EntityRow> listOrNothing(WhirlClient client, Collection collection, Session session) {
        try {
            return client.entities().list(collection, session.settings().namespace(), Page.MOST);
        } catch (ApiErrorException e) {
            if (e.status() == 404) {
                return List.of();
            }
            throw e;
        }
    }

    private static EntityRow withStatus(Session session, EntityRow rule) {
        return session.call(
                "Unable to get status of rule '%s'".formatted(rule.name()),
                client -> client.entities().get(Collection.RULES, rule.namespace(), rule.name()));
    }

    private static String unable(String title, String namespace) {
        return "Unable to obtain the list of %s for namespace '%s'".formatted(title, namespace);
    }
}
