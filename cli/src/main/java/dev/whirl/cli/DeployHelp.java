package dev.whirl.cli;

import dev.whirl.cli.command.CommandIndex;
import dev.whirl.cli.command.DeclaredOption;
import dev.whirl.cli.output.Terminal;
import dev.whirl.cli.output.Text;
import java.util.List;
import java.util.stream.Stream;

/// What `wskdeploy --help` prints: the options of `wsk project deploy` with the short names that they have there.
record DeployHelp(Terminal out) {
    private static final int WIDTH = 32;

    void print() {
        var index = new CommandIndex(Groups.all());
        List<CommandIndex.Entry> commands = index.entries().stream()
                .filter(each -> each.name().startsWith("project "))
                .toList();
        out.line("Usage: " + out.bold(ProgramNames.DEPLOY) + " [COMMAND] [OPTIONS]");
        out.line("Deploys what a manifest describes: 'wsk project' as a program of its own.");
        out.text("\nCommands (deploy, if none is named):\n");
        commands.forEach(each -> row(each.path().getLast(), each.summary()));
        out.text("\nOptions:\n");
        row("--managed", "the same as the command sync");
        Stream.concat(commands.getFirst().options().stream(), index.globals().stream())
                .forEach(each -> row(names(each), each.description()));
        row("-h, --help", "show this help; after a command, that of the command");
        row("--version", "show the version of this program");
        out.text("\nExamples:\n  wskdeploy -m manifest.yaml\n  wskdeploy undeploy -p shop\n");
    }

    private static String names(DeclaredOption option) {
        String longName = option.longestName();
        String names =
                ProgramNames.shortName(option.names()).map(each -> each + ", ").orElse("") + longName;
        return names + (option.label().isEmpty() ? "" : "=" + option.label());
    }

    private void row(String name, String description) {
        out.line("  " + Text.padded(name, WIDTH) + description);
    }
}
