package dev.whirl.cli.api;

import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Session;
import dev.whirl.client.ApiQuery;
import java.util.List;

/// `wsk api delete` (rows L-19, L-24).
final class ApiDelete extends Command {
    ApiDelete() {
        super(
                "(BASE_PATH | API_NAME) [API_PATH [API_VERB]]",
                "delete an API, or one path of it, or one verb there",
                "wsk api delete /shop",
                "wsk api delete /shop /orders get");
    }

    @Override
    public int run(Session session) {
        List<String> arguments = arguments(
                1,
                3,
                "An API base path or API name is required.  An optional API relative path and operation may also be provided.");
        ApiQuery what = query(arguments);
        Gateway.call(session, "Unable to delete API", (apis, caller) -> {
            apis.delete(caller, what);
            return what;
        });
        session.out().ok("deleted " + described(what));
        return ExitCodes.OK;
    }

    /// Reads `BASE [PATH [VERB]]`.
    static ApiQuery query(List<String> arguments) {
        return new ApiQuery(
                arguments.isEmpty() ? null : arguments.getFirst(),
                arguments.size() < 2 ? null : ApiVerbs.path(arguments.get(1)),
                arguments.size() < 3 ? null : ApiVerbs.verb(arguments.get(2)));
    }

    private static String described(ApiQuery what) {
        if (what.path() == null) {
            return "API " + what.base();
        }
        String verb = what.verb() == null ? "" : " " + what.verb();
        return what.path() + verb + " from " + what.base();
    }
}
