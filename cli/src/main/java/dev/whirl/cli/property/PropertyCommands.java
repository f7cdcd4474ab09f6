package dev.whirl.cli.property;

import dev.whirl.cli.command.CommandGroup;
import dev.whirl.cli.command.CommandGroup.Verb;
import java.util.List;

/// The group `wsk property`.
public final class PropertyCommands {
    private PropertyCommands() {}

    public static CommandGroup group() {
        return new CommandGroup(
                "property",
                "work with properties: where the server is, and your key",
                () -> List.of(
                        new Verb("get", "show properties", PropertyGet::new),
                        new Verb("set", "write properties to the properties file", PropertySet::new),
                        new Verb("unset", "remove properties from the properties file", PropertyUnset::new)));
    }
}
