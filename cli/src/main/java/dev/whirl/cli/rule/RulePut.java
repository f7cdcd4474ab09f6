package dev.whirl.cli.rule;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Session;
import dev.whirl.client.QualifiedName;
import dev.whirl.model.entity.Collection;
import java.util.List;

/// `wsk rule create` and `wsk rule update` (row L-14).
final class RulePut extends Command {
    private final boolean isUpdate;

    RulePut(boolean isUpdate) {
        super(
                "RULE_NAME TRIGGER_NAME ACTION_NAME",
                isUpdate
                        ? "change a rule, or create it"
                        : "create a rule: when the trigger fires, the action is called",
                "wsk rule %s everyMorning morning wakeUp".formatted(isUpdate ? "update" : "create"));
        this.isUpdate = isUpdate;
    }

    @Override
    public int run(Session session) {
        List<String> arguments = arguments(3, 3, "A rule, trigger and action name are required.");
        QualifiedName name = session.plainName("rule", arguments.getFirst());
        QualifiedName trigger = session.plainName("trigger", arguments.get(1));
        QualifiedName action = session.actionName(arguments.get(2));
        try {
            session.call(
                    "Unable to %s rule '%s'".formatted(isUpdate ? "update" : "create", name.entityName()),
                    client -> client.rules().put(name, trigger, action, isUpdate));
        } catch (CliException e) {
            throw String.valueOf(e.getMessage()).contains("does not exist")
                    ? explained(session, e, trigger, action)
                    : e;
        }
        session.out()
                .ok((isUpdate ? "updated rule " : "created rule ")
                        + session.out().bold(name.entityName()));
        return ExitCodes.OK;
    }

    /// Which of the two it is the server says in words of its own.
    private static CliException explained(
            Session session, CliException failure, QualifiedName trigger, QualifiedName action) {
        CliException first = session.withNearest(failure, Collection.TRIGGERS, List.of(trigger));
        return first == failure ? session.withNearest(failure, Collection.ACTIONS, List.of(action)) : first;
    }
}
