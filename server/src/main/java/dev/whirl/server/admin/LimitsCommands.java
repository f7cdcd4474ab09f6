package dev.whirl.server.admin;

import dev.whirl.model.entity.NamespaceName;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `whirl admin limits`, with [SetLimits] as its other command.
@Command(name = "limits", description = "manage namespace-specific limits", mixinStandardHelpOptions = true)
final class LimitsCommands {
    private final Consumer<AdminTask> task;

    LimitsCommands(Consumer<AdminTask> task) {
        this.task = task;
    }

    @Command(
            name = "get",
            description = "get limits for a given namespace (if none exist, system defaults apply)",
            mixinStandardHelpOptions = true)
    void get(@Parameters(paramLabel = "NAMESPACE", description = "the namespace to get limits for") String namespace) {
        NamespaceName of = Names.namespace(namespace);
        task.accept(new AdminTask.OnStore((place, out) -> new Quotas(place, out).get(of), true));
    }

    @Command(
            name = "delete",
            description = "delete limits for a given namespace (system defaults apply)",
            mixinStandardHelpOptions = true)
    void delete(
            @Parameters(paramLabel = "NAMESPACE", description = "the namespace to delete limits for")
                    String namespace) {
        NamespaceName of = Names.namespace(namespace);
        task.accept(new AdminTask.OnStore((place, out) -> new Quotas(place, out).delete(of), true));
    }
}
