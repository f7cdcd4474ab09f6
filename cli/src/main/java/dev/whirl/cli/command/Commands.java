package dev.whirl.cli.command;

import java.util.List;

/// All commands there are.
///
/// @param plain commands that belong to no group
/// @param tasks how the help arranges groups and plain commands
public record Commands(List<CommandGroup> groups, List<CommandGroup.Verb> plain, List<Task> tasks) {
    public Commands {
        groups = List.copyOf(groups);
        plain = List.copyOf(plain);
        tasks = List.copyOf(tasks);
    }

    /// What people want to do, and the names of the groups and commands for it.
    public record Task(String title, List<String> names) {
        public Task {
            names = List.copyOf(names);
        }
    }
}
