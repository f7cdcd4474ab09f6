package dev.whirl.cli.rule;

import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Options.Flag;
import dev.whirl.cli.command.Session;
import dev.whirl.client.QualifiedName;
import dev.whirl.model.entity.Collection;

/// `wsk rule delete` (row L-14).
final class RuleDelete extends Command {
    private final Flag disable = options().flag("keep it from acting before it is deleted", "--disable");

    RuleDelete() {
        super("RULE_NAME", "delete a rule", "wsk rule delete everyMorning");
    }

    @Override
    public int run(Session session) {
        QualifiedName name = session.plainName(
                "rule", arguments(1, 1, "A rule name is required.").getFirst());
        if (disable.isSet()) {
            RuleSwitch.set(session, name, false);
        }
        session.callFor(name, Collection.RULES, "Unable to delete rule '%s'".formatted(name.entityName()), client -> {
            client.rules().delete(name);
            return name;
        });
        session.out().ok("deleted rule " + session.out().bold(name.entityName()));
        return ExitCodes.OK;
    }
}
