package dev.whirl.cli.namespace;

import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.OutputOption;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.output.EntityLists;
import dev.whirl.client.WhirlClient;
import dev.whirl.model.json.RawJson;

/// `wsk namespace list`.
final class NamespaceList extends Command {
    private final OutputOption output = OutputOption.of(options());

    NamespaceList() {
        super("", "list your namespaces", "wsk namespace list");
    }

    @Override
    public int run(Session session) {
        arguments(0, 0, "No arguments are required.");
        var names = session.call("Unable to obtain the list of available namespaces", WhirlClient::namespaces);
        if (!output.printed(session.out(), names, RawJson::string)) {
            new EntityLists(session.out(), false).namespaces(names);
        }
        return ExitCodes.OK;
    }
}
