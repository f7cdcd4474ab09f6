package dev.whirl.cli.action;

import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.KeyValueOptions;
import dev.whirl.cli.command.Options.Flag;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.output.InvokedText;
import dev.whirl.cli.output.Terminal;
import dev.whirl.client.InvokeOutcome;
import dev.whirl.client.InvokeRequest;
import dev.whirl.client.InvokeRequest.Mode;
import dev.whirl.client.QualifiedName;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.json.RawJson;
import org.jspecify.annotations.Nullable;

/// `wsk action invoke` (rows L-3, L-24, L-32, L-33).
final class ActionInvoke extends Command {
    private final KeyValueOptions parameters = KeyValueOptions.parameters(options());
    private final Flag blocking = options().flag("wait for the end and show the record", "-b", "--blocking");
    private final Flag result = options().flag("wait for the end and show only the result", "-r", "--result");

    ActionInvoke() {
        super(
                "ACTION_NAME",
                "invoke an action",
                "wsk action invoke hello --param name World",
                "wsk action invoke hello --result --param-file input.json",
                "wsk action invoke /whisk.system/utils/echo --blocking");
    }

    @Override
    public int run(Session session) {
        QualifiedName name = session.actionName(
                arguments(1, 1, "An action name is required.").getFirst());
        RawJson payload =
                RawJson.object(parameters.fields(session.surroundings().workingFolder()));
        InvokeOutcome outcome = session.callFor(
                name,
                Collection.ACTIONS,
                "Unable to invoke action '%s'".formatted(name.entityName()),
                client -> client.actions().invoke(name, new InvokeRequest(payload, mode())));
        return switch (outcome) {
            case InvokeOutcome.Accepted(var id) -> accepted(session, name, id);
            case InvokeOutcome.Succeeded(var body, var id) -> ended(session.out(), name, body, id, ExitCodes.OK);
            case InvokeOutcome.Failed(var status, var body, var id) ->
                ended(session.err(), name, body, id, ExitCodes.ofStatus(status));
        };
    }

    private Mode mode() {
        return result.isSet() ? Mode.RESULT : blocking.isSet() ? Mode.RECORD : Mode.ID;
    }

    private int accepted(Session session, QualifiedName name, String id) {
        if (mode() == Mode.ID) {
            session.out().ok(InvokedText.withId(session.out(), name, id));
            return ExitCodes.OK;
        }
        session.err().ok(InvokedText.unfinished(session.err(), name, id));
        return ExitCodes.STILL_RUNNING;
    }

    private int ended(Terminal terminal, QualifiedName name, RawJson body, @Nullable String id, int exitCode) {
        if (mode() != Mode.RESULT) {
            terminal.ok(InvokedText.withId(terminal, name, id));
        }
        terminal.json(body);
        return exitCode;
    }
}
