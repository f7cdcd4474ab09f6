package dev.whirl.cli.rule;

import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Session;
import dev.whirl.client.QualifiedName;
import dev.whirl.model.entity.Collection;

/// `wsk rule enable` and `wsk rule disable` (row L-14).
final class RuleSwitch extends Command {
    private final boolean isActive;

    RuleSwitch(boolean isActive) {
        super(
                "RULE_NAME",
                isActive ? "let a rule act" : "keep a rule from acting",
                "wsk rule %s everyMorning".formatted(isActive ? "enable" : "disable"));
        this.isActive = isActive;
    }

    @Override
    public int run(Session session) {
        QualifiedName name = session.plainName(
                "rule", arguments(1, 1, "A rule name is required.").getFirst());
        set(session, name, isActive);
        session.out()
                .ok((isActive ? "enabled rule " : "disabled rule ")
                        + session.out().bold(name.entityName()));
        return ExitCodes.OK;
    }

    static void set(Session session, QualifiedName name, boolean isActive) {
        session.callFor(
                name,
                Collection.RULES,
                "Unable to %s rule '%s'".formatted(isActive ? "enable" : "disable", name.entityName()),
                client -> {
                    client.rules().setActive(name, isActive);
                    return name;
                });
    }
}
