package dev.whirl.cli.command;

import java.util.List;
import java.util.function.Supplier;

/// A noun with its verbs, such as `action` with `create`, `get`, …
///
/// @param source of its verbs: asked only for the group that a command line names
public record CommandGroup(String name, String summary, Supplier<List<Verb>> source) {
    public List<Verb> verbs() {
        return source.get();
    }

    /// A command of the group, made when it is needed.
    public record Verb(String name, String summary, Supplier<Command> command) {}
}
