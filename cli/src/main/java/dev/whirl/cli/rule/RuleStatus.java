package dev.whirl.cli.rule;

import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Session;
import dev.whirl.client.EntityDocument;
import dev.whirl.client.QualifiedName;
import dev.whirl.model.entity.Collection;

/// `wsk rule status` (rows L-14, L-24).
final class RuleStatus extends Command {
    RuleStatus() {
        super("RULE_NAME", "tell whether a rule is active or inactive", "wsk rule status everyMorning");
    }

    @Override
    public int run(Session session) {
        QualifiedName name = session.plainName(
                "rule", arguments(1, 1, "A rule name is required.").getFirst());
        EntityDocument rule = session.callFor(
                name,
                Collection.RULES,
                "Unable to get status of rule '%s'".formatted(name.entityName()),
                client -> client.rules().get(name));
        var out = session.out();
        out.ok("rule %s is %s"
                .formatted(out.bold(name.entityName()), out.bold(rule.status().orElse(""))));
        return ExitCodes.OK;
    }
}
