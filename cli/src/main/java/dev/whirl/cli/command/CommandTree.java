package dev.whirl.cli.command;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.TypeConversionException;

/// Builds the parser. Only what a command line can reach is built, because building everything takes longer than most
/// commands: groups and commands whose names occur in it, whole; where none occurs, all names with a summary, for the
/// help and for advice.
public final class CommandTree {
    private final List<CommandGroup> groups;
    private final List<CommandGroup.Verb> plain;
    private final List<String> line;
    private final GlobalOptions globals;
    private final IdentityHashMap<CommandSpec, Command> commands = new IdentityHashMap<>();

    /// @param plain commands that belong to no group
    /// @param line the command line
    public CommandTree(
            List<CommandGroup> groups, List<CommandGroup.Verb> plain, List<String> line, GlobalOptions globals) {
        this.groups = List.copyOf(groups);
        this.plain = List.copyOf(plain);
        this.line = List.copyOf(line);
        this.globals = globals;
    }

    CommandLine build() {
        CommandSpec root = CommandSpec.create().name("wsk");
        Help.describe(
                root,
                "COMMAND",
                "The command line of Whirl and of any OpenWhisk.",
                List.of(
                        "wsk property set --apihost http://localhost:3233 --auth UUID:KEY",
                        "wsk action create hello hello.js",
                        "wsk action invoke hello --result --param name World",
                        "wsk activation logs --last"));
        root.usageMessage().commandListHeading("%nCommands:%n").optionListHeading("%nOptions of every command:%n");
        globals.addTo(root, true);
        boolean isNamed =
                groups.stream().anyMatch(this::isReached) || plain.stream().anyMatch(this::isReached);
        groups.stream()
                .filter(group -> !isNamed || isReached(group))
                .forEach(group -> root.addSubcommand(group.name(), group(group)));
        plain.stream()
                .filter(verb -> !isNamed || isReached(verb))
                .forEach(verb -> root.addSubcommand(verb.name(), verb(verb)));
        CommandLine commandLine = new CommandLine(root);
        commandLine
                .registerConverter(Long.class, CommandTree::wholeNumber)
                .setExpandAtFiles(false)
                .setAllowOptionsAsOptionParameters(true)
                .setOverwrittenOptionsAllowed(true)
                .setCaseInsensitiveEnumValuesAllowed(false)
                .setUsageHelpAutoWidth(false);
        return commandLine;
    }

    /// The command whose parser this is; empty for groups and for names that the command line does not hold.
    Optional<Command> commandOf(CommandSpec spec) {
        return Optional.ofNullable(commands.get(spec));
    }

    private CommandSpec group(CommandGroup group) {
        if (!isReached(group)) {
            return stub(group.summary());
        }
        CommandSpec spec = CommandSpec.create();
        Help.describe(spec, "COMMAND", group.summary(), List.of());
        spec.usageMessage().commandListHeading("%nCommands:%n");
        globals.addTo(spec, false);
        boolean isNamed = group.verbs().stream().anyMatch(this::isReached);
        group.verbs().stream()
                .filter(verb -> !isNamed || isReached(verb))
                .forEach(verb -> spec.addSubcommand(verb.name(), verb(verb)));
        return spec;
    }

    private CommandSpec verb(CommandGroup.Verb verb) {
        if (!isReached(verb)) {
            return stub(verb.summary());
        }
        Command command = verb.command().get();
        CommandSpec spec = command.spec();
        commands.put(spec, command);
        globals.addTo(spec, false);
        spec.usageMessage().footer(withPointer(spec.usageMessage()));
        return spec;
    }

    private boolean isReached(CommandGroup group) {
        return line.contains(group.name());
    }

    private boolean isReached(CommandGroup.Verb verb) {
        return line.contains(verb.name());
    }

    private static String[] withPointer(UsageMessageSpec usage) {
        var lines = new ArrayList<String>();
        lines.add("");
        lines.add("Options of every command (see 'wsk --help'): -v -d -i -u --apihost --apiversion --cert --key");
        lines.addAll(List.of(usage.footer()));
        return lines.toArray(String[]::new);
    }

    private static Long wholeNumber(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is not a whole number");
        }
    }

    private static CommandSpec stub(String summary) {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage().description(summary);
        return spec;
    }
}
