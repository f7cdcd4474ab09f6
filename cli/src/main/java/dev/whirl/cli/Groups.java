package dev.whirl.cli;

import dev.whirl.cli.action.ActionCommands;
import dev.whirl.cli.activation.ActivationCommands;
import dev.whirl.cli.api.ApiCommands;
import dev.whirl.cli.command.CommandGroup;
import dev.whirl.cli.namespace.NamespaceCommands;
import dev.whirl.cli.packages.PackageCommands;
import dev.whirl.cli.property.PropertyCommands;
import dev.whirl.cli.rule.RuleCommands;
import dev.whirl.cli.trigger.TriggerCommands;
import java.util.List;

/// All commands there are.
final class Groups {
    private Groups() {}

    static List<CommandGroup> all() {
        return List.of(
                ActionCommands.group(),
                ActivationCommands.group(),
                PackageCommands.group(),
                TriggerCommands.group(),
                RuleCommands.group(),
                ApiCommands.group(),
                NamespaceCommands.group(),
                PropertyCommands.group());
    }

    /// Commands without a group.
    static List<CommandGroup.Verb> plain() {
        return List.of(NamespaceCommands.list());
    }
}
