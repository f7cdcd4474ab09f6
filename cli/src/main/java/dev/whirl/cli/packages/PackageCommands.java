package dev.whirl.cli.packages;

import dev.whirl.cli.command.CommandGroup;
import dev.whirl.cli.command.CommandGroup.Verb;
import dev.whirl.cli.entity.ListCommand;
import dev.whirl.cli.output.EntityLists;
import dev.whirl.client.EntityDocument;
import dev.whirl.client.Page;
import dev.whirl.client.WhirlClient;
import dev.whirl.model.entity.Collection;
import java.util.List;

/// The group `wsk package`.
public final class PackageCommands {
    private PackageCommands() {}

    public static CommandGroup group() {
        return new CommandGroup(
                "package",
                "work with packages: actions under a common name",
                () -> List.of(
                        new Verb("create", "create a package", PackageCreate::new),
                        new Verb("update", "change a package, or create it", PackageUpdateCommand::new),
                        new Verb("bind", "make a package that stands for another one", PackageBind::new),
                        new Verb("get", "show a package and what is in it", PackageGet::new),
                        new Verb("delete", "delete a package", PackageDelete::new),
                        new Verb("list", "list packages", () -> new ListCommand(Collection.PACKAGES, new Listed())),
                        new Verb("refresh", "bring bindings up to date", PackageRefresh::new)));
    }

    private static final class Listed implements ListCommand.Listing {
        @Override
        public List<EntityDocument> list(WhirlClient client, String namespace, Page part) {
            return client.packages().list(namespace, part);
        }

        @Override
        public void print(EntityLists lists, List<EntityDocument> entities) {
            lists.packages(entities);
        }
    }
}
