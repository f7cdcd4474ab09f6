package dev.whirl.cli.command;

import java.util.List;
import java.util.stream.Stream;

/// All commands with all their options, for completion and for the reference page. Costs time: everything is made.
public final class CommandIndex {
    private final Commands commands;

    /// One command.
    ///
    /// @param path its words after `wsk`, one or two
    /// @param synopsis of its arguments; may be empty
    public record Entry(
            List<String> path, String synopsis, String summary, List<DeclaredOption> options, List<String> examples) {
        public Entry {
            path = List.copyOf(path);
            options = List.copyOf(options);
            examples = List.copyOf(examples);
        }

        /// `action create`
        public String name() {
            return String.join(" ", path);
        }
    }

    public CommandIndex(Commands commands) {
        this.commands = commands;
    }

    public List<CommandGroup> groups() {
        return commands.groups();
    }

    /// Commands without a group.
    public List<CommandGroup.Verb> plain() {
        return commands.plain();
    }

    /// Everything that can be run.
    public List<Entry> entries() {
        Stream<Entry> grouped = commands.groups().stream()
                .flatMap(group -> group.verbs().stream().map(verb -> entry(List.of(group.name(), verb.name()), verb)));
        return Stream.concat(grouped, commands.plain().stream().map(verb -> entry(List.of(verb.name()), verb)))
                .toList();
    }

    /// The options of every command.
    public List<DeclaredOption> globals() {
        return new GlobalOptions().options().all();
    }

    private static Entry entry(List<String> path, CommandGroup.Verb verb) {
        Command command = verb.command().get();
        return new Entry(
                path, command.synopsis(), command.summary(), command.options().all(), command.examples());
    }
}
