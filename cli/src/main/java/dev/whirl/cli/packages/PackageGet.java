package dev.whirl.cli.packages;

import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Options.Flag;
import dev.whirl.cli.command.OutputOption;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.entity.Field;
import dev.whirl.cli.output.EntitySummary;
import dev.whirl.cli.output.Terminal;
import dev.whirl.client.ActionDocument;
import dev.whirl.client.EntityDocument;
import dev.whirl.client.QualifiedName;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.json.RawJson;
import java.util.List;
import java.util.Set;

/// `wsk package get` (rows L-13, L-28).
final class PackageGet extends Command {
    private static final Set<String> FIELDS = Set.of(
            "namespace",
            "name",
            "version",
            "publish",
            "annotations",
            "parameters",
            "binding",
            "actions",
            "feeds",
            "updated");

    private final Flag summary =
            options().flag("what is in it; * marks bound parameters, ** final ones", "-s", "--summary");
    private final OutputOption output = OutputOption.of(options());

    PackageGet() {
        super(
                "PACKAGE_NAME [FIELD]",
                "show a package and what is in it, or one field of it",
                "wsk package get utils",
                "wsk package get /whisk.system/utils --summary");
    }

    @Override
    public int run(Session session) {
        List<String> arguments = arguments(1, 2, "A package name is required.");
        Field field = Field.of(arguments, FIELDS);
        QualifiedName name = session.plainName("package", arguments.getFirst());
        EntityDocument document = session.callFor(
                name,
                Collection.PACKAGES,
                "Unable to get package '%s'".formatted(name.entityName()),
                client -> client.packages().get(name));
        RawJson shown = field.of(document.json(), document.fields());
        if (summary.isSet()) {
            print(session.out(), document);
        } else if (!output.printed(session.out(), shown)) {
            session.out().ok(field.announcement(session.out(), "package", name.entityName()));
            session.out().json(shown);
        }
        return ExitCodes.OK;
    }

    private static void print(Terminal out, EntityDocument document) {
        String fullName = "/" + document.namespace() + "/" + document.name();
        new EntitySummary("package", fullName, document.annotations(), document.parameters()).print(out);
        document.actions().forEach(action -> print(out, " action", fullName, action));
        document.feeds().forEach(feed -> print(out, " feed  ", fullName, feed));
    }

    private static void print(Terminal out, String type, String packageName, ActionDocument action) {
        new EntitySummary(type, packageName + "/" + action.name(), action.annotations(), action.parameters())
                .print(out);
    }
}
