package dev.whirl.cli.action;

import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Session;
import dev.whirl.client.QualifiedName;
import dev.whirl.model.entity.Collection;

/// `wsk action delete` (row L-5).
final class ActionDelete extends Command {
    ActionDelete() {
        super("ACTION_NAME", "delete an action", "wsk action delete hello");
    }

    @Override
    public int run(Session session) {
        QualifiedName name = session.actionName(
                arguments(1, 1, "An action name is required.").getFirst());
        session.callFor(
                name, Collection.ACTIONS, "Unable to delete action '%s'".formatted(name.entityName()), client -> {
                    client.actions().delete(name);
                    return name;
                });
        session.out().ok("deleted action " + session.out().bold(name.entityName()));
        return ExitCodes.OK;
    }
}
