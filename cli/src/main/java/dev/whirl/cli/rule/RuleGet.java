package dev.whirl.cli.rule;

import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Options.Flag;
import dev.whirl.cli.command.OutputOption;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.entity.Field;
import dev.whirl.cli.output.Terminal;
import dev.whirl.client.EntityDocument;
import dev.whirl.client.QualifiedName;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.json.RawJson;
import java.util.List;
import java.util.Set;

/// `wsk rule get` (rows L-14, L-28).
final class RuleGet extends Command {
    private static final Set<String> FIELDS =
            Set.of("namespace", "name", "version", "status", "trigger", "action", "publish", "annotations", "updated");

    private final Flag summary = options().flag("only its name and status", "-s", "--summary");
    private final OutputOption output = OutputOption.of(options());

    RuleGet() {
        super(
                "RULE_NAME [FIELD]",
                "show a rule, or one field of it",
                "wsk rule get everyMorning",
                "wsk rule get everyMorning trigger");
    }

    @Override
    public int run(Session session) {
        List<String> arguments = arguments(1, 2, "A rule name is required.");
        Field field = Field.of(arguments, FIELDS);
        QualifiedName name = session.plainName("rule", arguments.getFirst());
        EntityDocument rule = session.callFor(
                name,
                Collection.RULES,
                "Unable to get rule '%s'".formatted(name.entityName()),
                client -> client.rules().get(name));
        RawJson shown = field.of(rule.json(), rule.fields());
        if (summary.isSet()) {
            print(session.out(), rule);
        } else if (!output.printed(session.out(), shown)) {
            session.out().ok(field.announcement(session.out(), "rule", name.entityName()));
            session.out().json(shown);
        }
        return ExitCodes.OK;
    }

    private static void print(Terminal out, EntityDocument rule) {
        out.line(out.bold("rule") + " /" + rule.namespace() + "/" + rule.name());
        out.line("   (" + out.bold("status") + ": " + rule.status().orElse("") + ")");
    }
}
