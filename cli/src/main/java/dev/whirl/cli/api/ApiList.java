package dev.whirl.cli.api;

import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Options.Flag;
import dev.whirl.cli.command.OutputOption;
import dev.whirl.cli.command.PageOptions;
import dev.whirl.cli.command.Session;
import dev.whirl.client.ApiDescription;
import dev.whirl.client.ApiQuery;
import java.util.List;

/// `wsk api list` (rows L-19, L-24).
final class ApiList extends Command {
    private final PageOptions page = PageOptions.of(options(), "APIs");
    private final Flag nameSort = options().flag("sort by name, path and verb", "-n", "--name-sort");
    private final Flag full = options().flag("a paragraph for each instead of a line", "-f", "--full");
    private final OutputOption output = OutputOption.of(options());

    ApiList() {
        super(
                "[(BASE_PATH | API_NAME) [API_PATH [API_VERB]]]",
                "list what the gateway serves",
                "wsk api list",
                "wsk api list /shop /orders get");
    }

    @Override
    public int run(Session session) {
        List<String> arguments = arguments(
                0, 3, "Optional parameters are: API base path (or API name), API relative path and operation.");
        ApiQuery query = ApiDelete.query(arguments);
        List<ApiDescription> found = Gateway.call(
                session,
                "Unable to obtain the API list",
                (apis, caller) -> apis.list(caller, query, arguments.isEmpty() ? page.value() : null));
        List<ApiDescription> shown = nameSort.isSet() ? ApiTable.sorted(found) : found;
        if (output.printed(session.out(), shown, ApiDescription::json)) {
            return ExitCodes.OK;
        }
        var table = ApiTable.of(found, query, nameSort.isSet());
        session.out().ok("APIs");
        if (full.isSet()) {
            table.printParagraphs(session.out());
        } else {
            table.print(session.out());
        }
        shown.forEach(api -> api.problem()
                .ifPresent(problem ->
                        session.err().warning("the API %s is not served: %s".formatted(api.basePath(), problem))));
        return ExitCodes.OK;
    }
}
