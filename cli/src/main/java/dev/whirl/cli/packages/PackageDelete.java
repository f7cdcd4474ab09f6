package dev.whirl.cli.packages;

import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Options.Flag;
import dev.whirl.cli.command.Session;
import dev.whirl.client.QualifiedName;
import dev.whirl.model.entity.Collection;

/// `wsk package delete` (row L-13).
final class PackageDelete extends Command {
    private final Flag force = options().flag("also what is in it", "-f", "--force");

    PackageDelete() {
        super(
                "PACKAGE_NAME",
                "delete a package, which must be empty unless --force is given",
                "wsk package delete utils",
                "wsk package delete utils --force");
    }

    @Override
    public int run(Session session) {
        QualifiedName name = session.plainName(
                "package", arguments(1, 1, "A package name is required.").getFirst());
        session.callFor(
                name, Collection.PACKAGES, "Unable to delete package '%s'".formatted(name.entityName()), client -> {
                    client.packages().delete(name, force.isSet());
                    return name;
                });
        session.out().ok("deleted package " + session.out().bold(name.entityName()));
        return ExitCodes.OK;
    }
}
