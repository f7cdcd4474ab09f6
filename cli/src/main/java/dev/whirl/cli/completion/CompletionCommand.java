package dev.whirl.cli.completion;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.CommandGroup.Verb;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Session;
import java.util.List;

/// `wsk completion`: prints the script with which a shell completes command lines.
public final class CompletionCommand extends Command {
    private CompletionCommand() {
        super(
                "(bash | zsh | fish | names KIND ...)",
                "print the script that completes wsk in a shell, or the names it completes with",
                "wsk completion bash > ~/.local/share/bash-completion/completions/wsk",
                "wsk completion zsh > ~/.zfunc/_wsk",
                "wsk completion fish > ~/.config/fish/completions/wsk.fish",
                "wsk completion names actions packages");
    }

    public static Verb verb() {
        return new Verb("completion", "print the script that completes wsk in a shell", CompletionCommand::new);
    }

    @Override
    public int run(Session session) {
        List<String> arguments = arguments(1, 5, "The name of a shell is required: bash, zsh or fish.");
        String shell = arguments.getFirst();
        if (shell.equals("names")) {
            return EntityNames.print(session, arguments.subList(1, arguments.size()));
        }
        arguments(1, 1, "The name of a shell is the only argument.");
        if (!CompletionScripts.SHELLS.contains(shell)) {
            throw CliException.usage("There is no completion for '%s'. It must be bash, zsh or fish.".formatted(shell));
        }
        session.out().text(CompletionScripts.of(shell, session.index()));
        return ExitCodes.OK;
    }
}
