package dev.whirl.cli.completion;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.CommandGroup.Verb;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Session;

/// `wsk completion`: prints the script with which a shell completes command lines.
public final class CompletionCommand extends Command {
    private CompletionCommand() {
        super(
                "(bash | zsh | fish)",
                "print the script that completes wsk in a shell",
                "wsk completion bash > ~/.local/share/bash-completion/completions/wsk",
                "wsk completion zsh > ~/.zfunc/_wsk",
                "wsk completion fish > ~/.config/fish/completions/wsk.fish");
    }

    public static Verb verb() {
        return new Verb("completion", "print the script that completes wsk in a shell", CompletionCommand::new);
    }

    @Override
    public int run(Session session) {
        String shell = arguments(1, 1, "The name of a shell is required: bash, zsh or fish.")
                .getFirst();
        if (!CompletionScripts.SHELLS.contains(shell)) {
            throw CliException.usage("There is no completion for '%s'. It must be bash, zsh or fish.".formatted(shell));
        }
        session.out().stream().print(CompletionScripts.of(shell, session.index()));
        return ExitCodes.OK;
    }
}
