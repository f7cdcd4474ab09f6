package dev.whirl.cli.activation;

import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Session;
import java.util.List;

/// `wsk activation result` (row L-9).
final class ActivationResultShow extends Command {
    private final LastActivation last = LastActivation.option(options());

    ActivationResultShow() {
        super("(ACTIVATION_ID | --last)", "show the result of an activation", "wsk activation result --last");
    }

    @Override
    public int run(Session session) {
        int idArguments = last.isSet() ? 0 : 1;
        List<String> arguments = arguments(idArguments, idArguments, "An activation ID is required.");
        String id =
                last.isSet() ? LastActivation.id(session, "Unable to get result for activation") : arguments.getFirst();
        var result = session.call(
                "Unable to get result for activation '%s'".formatted(id),
                client -> client.activations().result(session.settings().namespace(), id));
        session.out().json(result.result());
        return ExitCodes.OK;
    }
}
