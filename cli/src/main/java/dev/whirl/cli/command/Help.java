package dev.whirl.cli.command;

import dev.whirl.cli.command.CommandGroup.Verb;
import dev.whirl.cli.command.LineParser.Parsed;
import dev.whirl.cli.output.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What `--help` prints.
final class Help {
    private static final int WIDTH = 100;
    private static final int NAME_WIDTH = 12;
    private static final String HELP_OPTION = "  -h, --help";
    private static final int MAX_OPTION_WIDTH = 30;
    private static final String OF_EVERY_COMMAND =
            "Options of every command (see 'wsk --help'): -v -d -i -u --apihost --apiversion --answer-timeout --cert --key";
    private static final List<String> EXAMPLES = List.of(
            "wsk property set --apihost http://localhost:3233 --auth UUID:KEY",
            "wsk action create hello hello.js",
            "wsk action invoke hello --result --param name World",
            "wsk activation logs --last");

    private final Commands commands;
    private final Terminal out;

    Help(Commands commands, Terminal out) {
        this.commands = commands;
        this.out = out;
    }

    void print(Parsed parsed) {
        Command command = parsed.command();
        CommandGroup group = parsed.group();
        Verb verb = parsed.verb();
        if (command != null && verb != null) {
            print((group == null ? "" : group.name() + " ") + verb.name(), command);
        } else if (group != null) {
            usage(group.name() + " [OPTIONS] COMMAND");
            out.line(group.summary());
            out.text("\nCommands:\n");
            group.verbs().forEach(each -> row(each.name(), each.summary()));
            options(List.of());
        } else {
            printAll();
        }
    }

    private void printAll() {
        usage("[OPTIONS] COMMAND");
        out.line("The command line of Whirl and of any OpenWhisk.");
        for (Commands.Task task : commands.tasks()) {
            out.text("\n" + out.bold(task.title() + ":") + "\n");
            task.names().forEach(name -> row(name, summary(name).orElse("")));
        }
        out.text("\nOptions of every command:\n");
        int width = options(new GlobalOptions().options().all());
        optionRow("      --version", "show the version of this command", width);
        out.text("\nExamples:\n");
        EXAMPLES.forEach(example -> out.line("  " + example));
    }

    private void print(String name, Command command) {
        usage(name + " [OPTIONS] " + command.synopsis());
        wrapped(command.summary(), 0).forEach(out::line);
        out.text("\nOptions:\n");
        options(command.options().all());
        out.text("\n");
        wrapped(OF_EVERY_COMMAND, 0).forEach(out::line);
        out.text("\nExamples:\n");
        command.examples().forEach(example -> out.line("  " + example));
    }

    private void usage(String rest) {
        out.line("Usage: " + out.bold("wsk") + " " + rest.strip());
    }

    private Optional<String> summary(String name) {
        Stream<String> groups = commands.groups().stream()
                .filter(group -> group.name().equals(name))
                .map(CommandGroup::summary);
        Stream<String> plain = commands.plain().stream()
                .filter(verb -> verb.name().equals(name))
                .map(Verb::summary);
        return Stream.concat(groups, plain).findFirst();
    }

    private void row(String name, String summary) {
        out.line("  " + out.bold(name) + " ".repeat(Math.max(2, NAME_WIDTH - name.length())) + summary);
    }

    /// @return the width of the column of names
    private int options(List<DeclaredOption> own) {
        int width = own.stream()
                .mapToInt(option -> left(option).length())
                .filter(length -> length <= MAX_OPTION_WIDTH)
                .reduce(HELP_OPTION.length(), Math::max);
        optionRow(HELP_OPTION, "show this help", width);
        own.forEach(option -> optionRow(left(option), option.description(), width));
        return width;
    }

    /// A name that is too long for its column has a line of its own.
    private void optionRow(String left, String description, int width) {
        List<String> lines = wrapped(description, width + 2);
        boolean fits = left.length() <= width;
        if (!fits) {
            out.line(out.bold(left));
        }
        String head = fits ? out.bold(left) + " ".repeat(width + 2 - left.length()) : " ".repeat(width + 2);
        out.line(head + lines.getFirst().strip());
        lines.stream().skip(1).forEach(out::line);
    }

    /// `  -p, --param=KEY VALUE`
    private static String left(DeclaredOption option) {
        String names = String.join(", ", option.names());
        String indent = option.names().getFirst().startsWith("--") ? "      " : "  ";
        return indent + names + (option.label().isEmpty() ? "" : "=" + option.label());
    }

    /// Breaks text between words, and indents it.
    private static List<String> wrapped(String text, int indent) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder(" ".repeat(indent));
        for (String word : text.split(" ", -1)) {
            if (line.length() + word.length() + 1 > WIDTH && !line.toString().isBlank()) {
                lines.add(line.toString());
                line = new StringBuilder(" ".repeat(indent));
            }
            line.append(line.length() > indent ? " " : "").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
