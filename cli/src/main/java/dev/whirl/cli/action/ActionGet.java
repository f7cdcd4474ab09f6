package dev.whirl.cli.action;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Options.Flag;
import dev.whirl.cli.command.Options.TextOption;
import dev.whirl.cli.command.OutputOption;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.entity.Field;
import dev.whirl.cli.output.EntitySummary;
import dev.whirl.cli.output.Terminal;
import dev.whirl.client.ActionDocument;
import dev.whirl.client.QualifiedName;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.json.RawJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// `wsk action get` (rows L-4, L-28).
final class ActionGet extends Command {
    private static final Set<String> FIELDS =
            Set.of("namespace", "name", "version", "exec", "annotations", "parameters", "limits", "publish", "updated");

    private final Flag summary =
            options().flag("what it does; * marks bound parameters, ** final ones", "-s", "--summary");
    private final Flag url = options().flag("only the URL to call it at", "-r", "--url");
    private final Flag save = options().flag("save the code to a file named as the action", "--save");
    private final OutputOption output = OutputOption.of(options());
    private final TextOption saveAs = options().text("FILE", "save the code to FILE", "--save-as");

    ActionGet() {
        super(
                "ACTION_NAME [FIELD]",
                "show an action without its code, or one field of it, or save its code",
                "wsk action get hello",
                "wsk action get hello limits",
                "wsk action get hello --url",
                "wsk action get hello --save-as hello.js");
    }

    @Override
    public int run(Session session) {
        List<String> arguments = arguments(1, 2, "An action name is required.");
        boolean showsField = arguments.size() == 2 && !url.isSet() && !summary.isSet();
        Field field = showsField ? Field.of(arguments, FIELDS, CliException::usage) : new Field("");
        QualifiedName name = session.actionName(arguments.getFirst());
        ActionDocument action = session.callFor(
                name,
                Collection.ACTIONS,
                "Unable to get action '%s'".formatted(name.entityName()),
                client -> client.actions().get(name, isSaved()));
        if (url.isSet()) {
            session.out().ok("got action " + session.out().bold(name.name()));
            session.out().line(session.anyClient().actions().url(action));
        } else if (summary.isSet()) {
            String fullName = "/" + action.namespace() + "/" + action.name();
            new EntitySummary("action", fullName, action.annotations(), action.parameters()).print(session.out());
        } else if (isSaved()) {
            Path file = new CodeFile(session.surroundings().workingFolder()).save(action, saveAs.value());
            session.out().ok("saved action code to " + session.out().bold(file.toString()));
        } else {
            print(session.out(), name.entityName(), action, field);
        }
        return ExitCodes.OK;
    }

    private boolean isSaved() {
        return save.isSet() || saveAs.isSet();
    }

    private void print(Terminal out, String name, ActionDocument action, Field field) {
        RawJson shown = field.of(action.json(), action.fields());
        if (!output.printed(out, shown)) {
            out.ok(field.announcement(out, "action", name));
            out.json(shown);
        }
    }
}
