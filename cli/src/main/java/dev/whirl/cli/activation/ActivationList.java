package dev.whirl.cli.activation;

import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Options.Flag;
import dev.whirl.cli.command.Options.NumberOption;
import dev.whirl.cli.command.OutputOption;
import dev.whirl.cli.command.PageOptions;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.output.ActivationTable;
import dev.whirl.client.ActivationDocument;
import dev.whirl.client.ActivationQuery;
import java.util.List;

/// `wsk activation list` (rows L-6, L-26).
final class ActivationList extends Command {
    private final PageOptions page = PageOptions.of(options(), "activations");
    private final Flag full = options().flag("whole records", "-f", "--full");
    private final NumberOption upto =
            options().number("UPTO", "started at or before UPTO, in epoch milliseconds", "--upto");
    private final NumberOption since =
            options().number("SINCE", "started at or after SINCE, in epoch milliseconds", "--since");
    private final OutputOption output = OutputOption.of(options());

    ActivationList() {
        super(
                "[/NAMESPACE | NAME]",
                "list activations, newest first",
                "wsk activation list --limit 5",
                "wsk activation list hello",
                "wsk activation list /team",
                "wsk activation list --full --since 1767225600000");
    }

    @Override
    public int run(Session session) {
        List<String> arguments = arguments(0, 1, "An optional namespace is the only valid argument.");
        Watched watched = Watched.of(session, arguments);
        var query = new ActivationQuery(page.value(), watched.name(), since.value(), upto.value(), full.isSet());
        List<ActivationDocument> activations = session.call(
                "Unable to obtain the list of activations for namespace '%s'".formatted(watched.shownNamespace()),
                client -> client.activations().list(watched.namespace(), query));
        if (!output.printed(session.out(), activations, ActivationDocument::json)) {
            print(session, activations);
        }
        return ExitCodes.OK;
    }

    private void print(Session session, List<ActivationDocument> activations) {
        if (full.isSet()) {
            session.out().line(session.out().bold("activations"));
            activations.forEach(each -> session.out().json(each.json()));
        } else {
            new ActivationTable(
                            activations, session.surroundings().place().zone().get())
                    .print(session.out());
        }
    }
}
