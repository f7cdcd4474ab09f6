package dev.whirl.cli.namespace;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Options.Flag;
import dev.whirl.cli.command.OutputOption;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.entity.RuleStatuses;
import dev.whirl.cli.output.EntityLists;
import dev.whirl.client.ActionDocument;
import dev.whirl.client.ApiErrorException;
import dev.whirl.client.EntityDocument;
import dev.whirl.client.Page;
import dev.whirl.client.WhirlClient;
import dev.whirl.model.json.RawJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

/// `wsk list` and `wsk namespace get`: everything in the namespace (row L-20).
final class ListAll extends Command {
    private final Flag nameSort = options().flag("sort each list by name", "-n", "--name-sort");

    private final OutputOption output = OutputOption.of(options());

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
        var packages =
                entities(session, "Packages", shown, client -> client.packages().list(namespace, Page.MOST));
        var triggers =
                entities(session, "Triggers", shown, client -> client.triggers().list(namespace, Page.MOST));
        var rules = RuleStatuses.added(
                session,
                entities(session, "Rules", shown, client -> client.rules().list(namespace, Page.MOST)));

        var lists = new EntityLists(session.out(), nameSort.isSet());
        RawJson everything =
                everything(lists.byName(packages), lists.ordered(actions), lists.byName(triggers), lists.byName(rules));
        if (output.printed(session.out(), everything)) {
            return ExitCodes.OK;
        }
        session.out().line("Entities in namespace: " + session.out().bold(shown));
        lists.packages(packages);
        lists.actions(actions);
        lists.triggers(triggers);
        lists.rules(rules);
        return ExitCodes.OK;
    }

    private static RawJson everything(
            List<EntityDocument> packages,
            List<ActionDocument> actions,
            List<EntityDocument> triggers,
            List<EntityDocument> rules) {
        var fields = new LinkedHashMap<String, RawJson>();
        fields.put("packages", array(packages));
        fields.put(
                "actions",
                RawJson.array(actions.stream().map(ActionDocument::json).toList()));
        fields.put("triggers", array(triggers));
        fields.put("rules", array(rules));
        return RawJson.object(fields);
    }

    private static RawJson array(List<EntityDocument> entities) {
        return RawJson.array(entities.stream().map(EntityDocument::json).toList());
    }

    private static List<EntityDocument> entities(
            Session session, String title, String shown, Function<WhirlClient, List<EntityDocument>> list) {
        return session.call(unable(title, shown), client -> listOrNothing(client, list));
    }

    /// A server that does not have the collection at all has nothing in it.
    private static List<EntityDocument> listOrNothing(
            WhirlClient client, Function<WhirlClient, List<EntityDocument>> list) {
        try {
            return list.apply(client);
        } catch (ApiErrorException e) {
            if (e.status() == 404) {
                return List.of();
            }
            throw e;
        }
    }

    private static String unable(String title, String namespace) {
        return "Unable to obtain the list of %s for namespace '%s'".formatted(title, namespace);
    }
}
