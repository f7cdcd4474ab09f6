package dev.whirl.cli.api;

import dev.whirl.cli.command.CommandGroup;
import dev.whirl.cli.command.CommandGroup.Verb;
import java.util.List;

/// The group `wsk api`.
public final class ApiCommands {
    private ApiCommands() {}

    public static CommandGroup group() {
        return new CommandGroup(
                "api",
                "work with APIs: addresses of the gateway with actions behind them",
                () -> List.of(
                        new Verb("create", "put an action behind an address", ApiCreate::new),
                        new Verb("get", "show an API", ApiGet::new),
                        new Verb("delete", "delete an API, or a part of it", ApiDelete::new),
                        new Verb("list", "list APIs", ApiList::new)));
    }
}
