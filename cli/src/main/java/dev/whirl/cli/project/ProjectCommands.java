package dev.whirl.cli.project;

import dev.whirl.cli.command.CommandGroup;
import dev.whirl.cli.command.CommandGroup.Verb;
import java.util.List;

/// The group `wsk project`.
public final class ProjectCommands {
    private ProjectCommands() {}

    public static CommandGroup group() {
        return new CommandGroup(
                "project",
                "work with projects: everything that a manifest describes, at once",
                () -> List.of(
                        new Verb("deploy", "deploy a project", () -> new ProjectDeploy(false)),
                        new Verb("undeploy", "remove what a project deployed", ProjectUndeploy::new),
                        new Verb("sync", "deploy a project and remove what left it", () -> new ProjectDeploy(true)),
                        new Verb("export", "write a deployed project back to files", ProjectExport::new)));
    }
}
