package dev.whirl.cli.command;

import dev.whirl.cli.command.CommandGroup.Verb;
import dev.whirl.cli.command.DeclaredOption.Takes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads a command line: which command it names, and what it gives to options and arguments. Options may stand
/// anywhere;
/// only the command that is named is made, because a command line lives for a tenth of a second.
final class LineParser {
    private static final List<String> HELP = List.of("-h", "--help");

    private final Commands commands;
    private final GlobalOptions globals;
    private @Nullable CommandGroup group;
    private @Nullable Verb verb;
    private @Nullable Command command;
    private boolean asksForHelp;

    /// What a command line says.
    ///
    /// @param group null if none is named, or the command belongs to none
    /// @param verb null if none is named
    /// @param command the verb's, with its options and arguments; null if none is named
    record Parsed(
            @Nullable CommandGroup group,
            @Nullable Verb verb,
            @Nullable Command command,
            boolean asksForHelp) {}

    LineParser(Commands commands, GlobalOptions globals) {
        this.commands = commands;
        this.globals = globals;
    }

    /// @throws CliException if it cannot be understood
    Parsed parse(List<String> line) {
        Deque<String> words = new ArrayDeque<>(line);
        boolean areOptionsOver = false;
        while (!words.isEmpty()) {
            String word = words.removeFirst();
            if (areOptionsOver || !word.startsWith("-") || word.equals("-")) {
                takeWord(word);
            } else if (word.equals("--")) {
                areOptionsOver = true;
            } else if (HELP.contains(word)) {
                asksForHelp = true;
            } else {
                takeOption(word, words);
            }
        }
        return new Parsed(group, verb, command, asksForHelp);
    }

    /// The name of a group, then of a command, then arguments.
    private void takeWord(String word) {
        if (command != null) {
            command.addArgument(word);
        } else if (word.equals("help")) {
            asksForHelp = true; // `wsk help action` is `wsk action --help`
        } else if (group != null) {
            CommandGroup place = group;
            name(verb(place.verbs(), word)
                    .orElseThrow(() -> unknown(word, "wsk " + place.name(), names(place.verbs()))));
        } else {
            Optional<CommandGroup> named = commands.groups().stream()
                    .filter(each -> each.name().equals(word))
                    .findFirst();
            named.ifPresentOrElse(each -> group = each, () -> name(plain(word)));
        }
    }

    private Verb plain(String word) {
        return verb(commands.plain(), word).orElseThrow(() -> {
            Stream<String> groups = commands.groups().stream().map(CommandGroup::name);
            List<String> all =
                    Stream.concat(groups, names(commands.plain()).stream()).toList();
            return unknown(word, "wsk", all);
        });
    }

    private void name(Verb named) {
        verb = named;
        command = named.command().get();
    }

    private static Optional<Verb> verb(List<Verb> verbs, String word) {
        return verbs.stream().filter(each -> each.name().equals(word)).findFirst();
    }

    private static List<String> names(List<Verb> verbs) {
        return verbs.stream().map(Verb::name).toList();
    }

    /// `--name`, `--name=value`, `-n`, `-nvalue`, or several short ones together.
    private void takeOption(String word, Deque<String> words) {
        Optional<DeclaredOption> whole = find(word);
        int equals = word.indexOf('=');
        if (whole.isPresent()) {
            take(whole.get(), word, words);
        } else if (word.startsWith("--")) {
            String name = equals < 0 ? word : word.substring(0, equals);
            DeclaredOption option = find(name).orElseThrow(() -> unknownFlag(word));
            takeAttached(option, name, word.substring(equals + 1), words);
        } else {
            String name = word.substring(0, 2);
            DeclaredOption option = find(name).orElseThrow(() -> unknownFlag(word));
            String rest = word.substring(2);
            if (option.takes() != Takes.NOTHING) {
                takeAttached(option, name, rest.startsWith("=") ? rest.substring(1) : rest, words);
            } else {
                option.take(List.of());
                words.addFirst("-" + rest);
            }
        }
    }

    private void takeAttached(DeclaredOption option, String name, String value, Deque<String> words) {
        if (option.takes() == Takes.NOTHING) {
            if (!value.equals("false")) {
                option.take(List.of());
            }
            return;
        }
        words.addFirst(value);
        take(option, name, words);
    }

    /// @param name of the option, as it was typed
    private static void take(DeclaredOption option, String name, Deque<String> words) {
        var values = new ArrayList<String>();
        while (values.size() < option.takes().words()) {
            if (words.isEmpty()) {
                throw missing(option, name);
            }
            values.add(words.removeFirst());
        }
        option.take(values);
    }

    private Optional<DeclaredOption> find(String name) {
        Optional<DeclaredOption> own =
                command == null ? Optional.empty() : command.options().find(name);
        return own.or(() -> globals.options().find(name));
    }

    private static CliException missing(DeclaredOption option, String name) {
        String noun = option.longestName().contains("annotation") ? "annotation" : "parameter";
        return CliException.misunderstood(
                switch (option.takes()) {
                    case PAIR ->
                        "The %s arguments are invalid: Arguments for '%s' must be a key/value pair"
                                .formatted(noun, name);
                    case FILE ->
                        "The %s arguments are invalid: An argument must be provided for '%s'".formatted(noun, name);
                    case TEXT, NUMBER -> "The option '%s' needs a value: %s".formatted(name, option.label());
                    case NOTHING -> throw new IllegalStateException(name);
                });
    }

    private CliException unknownFlag(String word) {
        Stream<DeclaredOption> own = command == null ? Stream.of() : command.options().all().stream();
        List<String> names = Stream.concat(own, globals.options().all().stream())
                .map(DeclaredOption::longestName)
                .toList();
        String question = word.startsWith("--") ? Nearest.question(Nearest.names(word, names)) : "";
        return CliException.misunderstood("unknown flag: " + word + (question.isEmpty() ? "" : "; " + question));
    }

    private static CliException unknown(String word, String place, List<String> names) {
        String question = Nearest.question(Nearest.names(word, names));
        return CliException.misunderstood("unknown command \"%s\" for \"%s\"%s"
                .formatted(word, place, question.isEmpty() ? "" : "; " + question));
    }
}
