package dev.whirl.cli.action;

import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Options.TextsOption;
import dev.whirl.cli.command.Session;
import dev.whirl.client.ActionUpdate;
import dev.whirl.client.QualifiedName;
import java.util.List;

/// `wsk action update` (row L-2). A failure is worded as that of creating, as scripts know it.
final class ActionUpdateCommand extends Command {
    private final ActionFlags flags = new ActionFlags(options());
    private final TextsOption removedAnnotations =
            options().texts("KEY", "remove an annotation; may be repeated", "--del-annotation");

    ActionUpdateCommand() {
        super(
                "ACTION_NAME [FILE]",
                "change an action, or create it; what is not mentioned stays as it is",
                "wsk action update hello hello.js",
                "wsk action update hello --memory 512",
                "wsk action update hello --web true --del-annotation description");
    }

    @Override
    public int run(Session session) {
        List<String> arguments = arguments(1, 2, "An action name is required. A code artifact is optional.");
        QualifiedName name = session.actionName(arguments.getFirst());
        var deployment = new Deployment(session, flags, name, arguments.size() == 2 ? arguments.get(1) : null);
        ActionUpdate change = deployment.change(removedAnnotations.values());
        deployment.put(change, true);
        session.out().ok("updated action " + session.out().bold(name.entityName()));
        return ExitCodes.OK;
    }
}
