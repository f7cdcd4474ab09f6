package dev.whirl.server.admin;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `whirl admin db`.
@Command(name = "db", description = "work with dbs", mixinStandardHelpOptions = true)
final class DatabaseCommands {
    private final Consumer<AdminTask> task;

    DatabaseCommands(Consumer<AdminTask> task) {
        this.task = task;
    }

    @Command(name = "get", description = "get contents of database", mixinStandardHelpOptions = true)
    void get(
            @Parameters(paramLabel = "DATABASE", description = "subjects, whisks or activations") String database,
            @Option(
                            names = {"-w", "-v", "--view"},
                            paramLabel = "DESIGN/VIEW",
                            description = "the view in the database to get: subjects/identities")
                    @Nullable
                    String view,
            @Option(names = "--docs", description = "include document contents") boolean hasDocuments) {
        if (view != null && view.indexOf('/') < 0) {
            throw new MisuseException(
                    "view name \"%s\" is not formatted correctly, should be design/view".formatted(view));
        }
        task.accept(new AdminTask.OnStore(
                (place, out) -> new Databases(place.stores(), hasDocuments, out).get(database, view), true));
    }
}
