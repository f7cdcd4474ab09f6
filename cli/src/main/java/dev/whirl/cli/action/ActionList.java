package dev.whirl.cli.action;

import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Options.Flag;
import dev.whirl.cli.command.OutputOption;
import dev.whirl.cli.command.PageOptions;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.output.EntityLists;
import dev.whirl.client.ActionDocument;
import dev.whirl.client.Page;
import dev.whirl.client.QualifiedName;
import dev.whirl.client.WhirlClient;
import java.util.List;

/// `wsk action list` (rows L-5, L-25).
final class ActionList extends Command {
    private final PageOptions page = PageOptions.of(options(), "actions");
    private final Flag nameSort = options().flag("sort by name", "-n", "--name-sort");
    private final OutputOption output = OutputOption.of(options());

    ActionList() {
        super(
                "[NAMESPACE | PACKAGE]",
                "list the actions of a namespace or a package, last changed first",
                "wsk action list",
                "wsk action list --name-sort --limit 200",
                "wsk action list utils");
    }

    @Override
    public int run(Session session) {
        List<String> arguments = arguments(0, 1, "An optional namespace is the only valid argument.");
        QualifiedName place = arguments.isEmpty()
                ? new QualifiedName(session.settings().namespace(), null, "")
                : session.name(arguments.getFirst());
        String shown = place.namespace().equals("_") ? "default" : place.namespace();
        List<ActionDocument> actions = session.call(
                "Unable to obtain the list of actions for namespace '%s'".formatted(shown),
                client -> list(client, place, page.value()));
        var lists = new EntityLists(session.out(), nameSort.isSet());
        if (!output.printed(session.out(), lists.ordered(actions), ActionDocument::json)) {
            lists.actions(actions);
        }
        return ExitCodes.OK;
    }

    private static List<ActionDocument> list(WhirlClient client, QualifiedName place, Page page) {
        return place.name().isEmpty()
                ? client.actions().list(place.namespace(), page)
                : client.actions().listPackage(place.namespace(), place.entityName(), page);
    }
}
