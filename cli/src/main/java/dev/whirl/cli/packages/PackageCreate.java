package dev.whirl.cli.packages;

import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Session;
import dev.whirl.client.EntityUpdate;
import dev.whirl.client.QualifiedName;

/// `wsk package create` (row L-11).
final class PackageCreate extends Command {
    private final PackageFlags flags = new PackageFlags(options());

    PackageCreate() {
        super(
                "PACKAGE_NAME",
                "create a package; its parameters are given to all its actions",
                "wsk package create utils",
                "wsk package create utils --param greeting Hello --shared yes");
    }

    @Override
    public int run(Session session) {
        QualifiedName name = session.plainName(
                "package", arguments(1, 1, "A package name is required.").getFirst());
        Boolean isShared = flags.isShared();
        EntityUpdate update = flags.update(session.surroundings().workingFolder());
        session.call(
                "Unable to create package '%s'".formatted(name.entityName()),
                client -> client.packages().put(name, update, isShared, false));
        session.out().ok("created package " + session.out().bold(name.entityName()));
        return ExitCodes.OK;
    }
}
