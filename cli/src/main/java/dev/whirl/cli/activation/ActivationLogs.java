package dev.whirl.cli.activation;

import dev.whirl.cli.command.CliException;
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

    private final Flag follow =
            options().flag("all logs from now on, or those of ACTION_NAME, until Ctrl-C", "-f", "--follow");

    ActivationLogs() {
        super(
                "(ACTIVATION_ID | --last | --follow [ACTION_NAME])",
                "show the logs of an activation, or of all as they end",
                "wsk activation logs --last",
                "wsk activation logs --follow hello",
                "wsk activation logs --last --strip");
    }

    @Override
    public int run(Session session) throws InterruptedException {
        if (follow.isSet()) {
            return follow(session);
        }
        int idArguments = last.isSet() ? 0 : 1;
        List<String> arguments = arguments(idArguments, idArguments, "An activation ID is required.");
        String id =
                last.isSet() ? LastActivation.id(session, "Unable to get logs for activation") : arguments.getFirst();
        List<String> lines = session.call(
                "Unable to get logs for activation '%s'".formatted(id),
                client -> client.activations().logs(session.settings().namespace(), id));
        lines.forEach(line -> session.out().line(strip.isSet() ? LogLines.stripped(line) : line));
        return ExitCodes.OK;
    }

    private int follow(Session session) throws InterruptedException {
        List<String> arguments = arguments(0, 1, "An optional action name is the only valid argument.");
        if (last.isSet()) {
            throw CliException.usage("Cannot specify both --last and --follow at the same time.");
        }
        Watched watched = Watched.of(session, arguments);
        try (var _ = session.surroundings().place().interrupts().register(ExitCodes.OK, () -> {})) {
            new LogFollower(session, watched, strip.isSet()).follow();
        }
        return ExitCodes.OK;
    }
}
