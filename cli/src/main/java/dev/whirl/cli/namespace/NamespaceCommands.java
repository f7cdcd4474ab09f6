package dev.whirl.cli.namespace;

import dev.whirl.cli.command.CommandGroup;
import dev.whirl.cli.command.CommandGroup.Verb;
import java.util.List;

/// The group `wsk namespace`, and `wsk list`.
public final class NamespaceCommands {
    private NamespaceCommands() {}

    public static CommandGroup group() {
        return new CommandGroup(
                "namespace",
                "work with namespaces",
                () -> List.of(
                        new Verb("list", "list your namespaces", NamespaceList::new),
                        new Verb("get", "list everything in your namespace", ListAll::new)));
    }

    public static Verb list() {
        return new Verb("list", "list everything in your namespace", ListAll::new);
    }
}
