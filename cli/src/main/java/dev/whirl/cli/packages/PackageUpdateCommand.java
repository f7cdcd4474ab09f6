package dev.whirl.cli.packages;

import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Session;
import dev.whirl.client.EntityUpdate;
import dev.whirl.client.QualifiedName;

/// `wsk package update` (row L-11).
final class PackageUpdateCommand extends Command {
    private final PackageFlags flags = new PackageFlags(options());

    PackageUpdateCommand() {
        super(
                "PACKAGE_NAME",
                "change a package, or create it; parameters that are given replace all there were",
                "wsk package update utils --shared yes",
                "wsk package update utils --param-file defaults.json");
    }

    @Override
    public int run(Session session) {
        QualifiedName name = session.plainName(
                "package", arguments(1, 1, "A package name is required.").getFirst());
        Boolean isShared = flags.isShared();
        EntityUpdate update = flags.update(session.surroundings().workingFolder());
        session.call("Package update failed", client -> client.packages().put(name, update, isShared, true));
        session.out().ok("updated package " + session.out().bold(name.entityName()));
        return ExitCodes.OK;
    }
}
