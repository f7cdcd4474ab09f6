package dev.whirl.cli.activation;

import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Options.Flag;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.output.LogLines;
import java.util.List;

/// `wsk activation logs` (row L-8).
final class ActivationLogs extends Command {
    private final LastActivation last = LastActivation.option(options());
    private final Flag strip = options().flag("only the text, without time and stream", "-r", "--strip");

    ActivationLogs() {
        super(
                "(ACTIVATION_ID | --last)",
                "show the logs of an activation",
                "wsk activation logs --last",
                "wsk activation logs --last --strip");
    }

    @Override
    public int run(Session session) {
        int idArguments = last.isSet() ? 0 : 1;
        List<String> arguments = arguments(idArguments, idArguments, "An activation ID is required.");
        String id =
                last.isSet() ? LastActivation.id(session, "Unable to get logs for activation") : arguments.getFirst();
        List<String> lines = session.call(
                "Unable to get logs for activation '%s'".formatted(id),
                client -> client.activations().logs(LastActivation.NAMESPACE, id));
        lines.forEach(line -> session.out().line(strip.isSet() ? LogLines.stripped(line) : line));
        return ExitCodes.OK;
    }
}
