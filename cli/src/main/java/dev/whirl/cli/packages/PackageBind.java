package dev.whirl.cli.packages;

import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.KeyValueOptions;
import dev.whirl.cli.command.Options.Flag;
import dev.whirl.cli.command.Session;
import dev.whirl.client.EntityUpdate;
import dev.whirl.client.QualifiedName;
import java.nio.file.Path;
import java.util.List;

/// `wsk package bind` (row L-12).
final class PackageBind extends Command {
    private final KeyValueOptions annotations = KeyValueOptions.annotations(options());
    private final KeyValueOptions parameters = KeyValueOptions.parameters(options());
    private final Flag overwrite = options().flag("change the binding if it exists", "-o", "--overwrite");

    PackageBind() {
        super(
                "PACKAGE_NAME BOUND_PACKAGE_NAME",
                "make a package that stands for another one and adds parameters",
                "wsk package bind /whisk.system/utils myUtils",
                "wsk package bind /whisk.system/utils myUtils --param greeting Hello --overwrite");
    }

    @Override
    public int run(Session session) {
        List<String> arguments = arguments(2, 2, "A package name and binding name are required.");
        QualifiedName target = session.plainName("package", arguments.getFirst());
        QualifiedName name = session.plainName("binding", arguments.get(1));
        Path folder = session.surroundings().workingFolder();
        var update = new EntityUpdate(parameters.keyValuesOrNull(folder), annotations.keyValuesOrNull(folder));
        session.call(
                "Binding creation failed", client -> client.packages().bind(target, name, update, overwrite.isSet()));
        session.out().ok("created binding " + session.out().bold(arguments.get(1)));
        return ExitCodes.OK;
    }
}
