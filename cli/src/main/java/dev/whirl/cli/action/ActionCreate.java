package dev.whirl.cli.action;

import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Session;
import dev.whirl.client.ActionUpdate;
import dev.whirl.client.QualifiedName;
import java.util.List;

/// `wsk action create` (row L-1).
final class ActionCreate extends Command {
    private final ActionFlags flags = new ActionFlags(options());

    ActionCreate() {
        super(
                "ACTION_NAME FILE",
                "create an action; the suffix of FILE tells the runtime, a zip needs --kind",
                "wsk action create hello hello.js",
                "wsk action create hello hello.zip --kind nodejs:20 --memory 512 --timeout 30000",
                "wsk action create hello hello.jar --main com.example.Hello",
                "wsk action create hello hello.py --param greeting Hello --annotation description 'says hello'",
                "wsk action create hello hello.js --web true",
                "wsk action create both --sequence first,second");
    }

    @Override
    public int run(Session session) {
        List<String> arguments = arguments(1, 2, ActionFlags.ARTIFACT_REQUIRED);
        QualifiedName name = session.actionName(arguments.getFirst());
        var deployment = new Deployment(session, flags, name, arguments.size() == 2 ? arguments.get(1) : null);
        ActionUpdate creation = deployment.creation();
        deployment.put(creation, false);
        session.out().ok("created action " + session.out().bold(name.entityName()));
        return ExitCodes.OK;
    }
}
