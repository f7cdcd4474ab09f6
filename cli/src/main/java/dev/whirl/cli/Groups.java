package dev.whirl.cli;

import dev.whirl.cli.action.ActionCommands;
import dev.whirl.cli.activation.ActivationCommands;
import dev.whirl.cli.api.ApiCommands;
import dev.whirl.cli.command.CommandGroup;
import dev.whirl.cli.command.Commands;
import dev.whirl.cli.command.Commands.Task;
import dev.whirl.cli.completion.CompletionCommand;
import dev.whirl.cli.dev.DevCommand;
import dev.whirl.cli.namespace.NamespaceCommands;
import dev.whirl.cli.packages.PackageCommands;
import dev.whirl.cli.project.ProjectCommands;
import dev.whirl.cli.property.PropertyCommands;
import dev.whirl.cli.rule.RuleCommands;
import dev.whirl.cli.sdk.SdkCommands;
import dev.whirl.cli.trigger.TriggerCommands;
import java.util.List;

/// All commands there are.
final class Groups {
    private Groups() {}

    static Commands all() {
        return new Commands(groups(), plain(), tasks());
    }

    private static List<CommandGroup> groups() {
        return List.of(
                ActionCommands.group(),
                ActivationCommands.group(),
                PackageCommands.group(),
                TriggerCommands.group(),
                RuleCommands.group(),
                ApiCommands.group(),
                ProjectCommands.group(),
                SdkCommands.group(),
                NamespaceCommands.group(),
                PropertyCommands.group());
    }

    private static List<CommandGroup.Verb> plain() {
        return List.of(NamespaceCommands.list(), CompletionCommand.verb(), DevCommand.verb());
    }

    private static List<Task> tasks() {
        return List.of(
                new Task("Deploy functions", List.of("action", "package", "project", "dev")),
                new Task("Have them called", List.of("trigger", "rule", "api")),
                new Task("See what happened and what there is", List.of("activation", "list", "namespace")),
                new Task("Set up", List.of("property", "completion", "sdk")));
    }
}
