package dev.whirl.cli.command;

import java.util.List;
import java.util.function.Supplier;

/// A noun with its verbs, such as `action` with `create`, `get`, …
public record CommandGroup(String name, String summary, List<Verb> verbs) {
    public CommandGroup {
        verbs = List.copyOf(verbs);
    }

    /// A command of the group, made when it is needed.
    public record Verb(String name, String summary, Supplier<Command> command) {}
}
