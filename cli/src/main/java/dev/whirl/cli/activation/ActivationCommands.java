package dev.whirl.cli.activation;

import dev.whirl.cli.command.CommandGroup;
import dev.whirl.cli.command.CommandGroup.Verb;
import java.util.List;

/// The group `wsk activation`.
public final class ActivationCommands {
    private ActivationCommands() {}

    public static CommandGroup group() {
        return new CommandGroup(
                "activation",
                "look at activations: what ran, its logs and results",
                () -> List.of(
                        new Verb("list", "list activations", ActivationList::new),
                        new Verb("get", "show the record of an activation", ActivationGet::new),
                        new Verb("logs", "show the logs of an activation", ActivationLogs::new),
                        new Verb("result", "show the result of an activation", ActivationResultShow::new),
                        new Verb("poll", "show logs of activations as they end", ActivationPoll::new)));
    }
}
