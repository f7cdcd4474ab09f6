package dev.whirl.cli.action;

import dev.whirl.cli.command.CommandGroup;
import dev.whirl.cli.command.CommandGroup.Verb;
import java.util.List;

/// The group `wsk action`.
public final class ActionCommands {
    private ActionCommands() {}

    public static CommandGroup group() {
        return new CommandGroup(
                "action",
                "work with actions: deploy, read and invoke them",
                () -> List.of(
                        new Verb("create", "create an action", ActionCreate::new),
                        new Verb("update", "change an action, or create it", ActionUpdateCommand::new),
                        new Verb("invoke", "invoke an action", ActionInvoke::new),
                        new Verb("get", "show an action, or save its code", ActionGet::new),
                        new Verb("delete", "delete an action", ActionDelete::new),
                        new Verb("list", "list actions", ActionList::new)));
    }
}
