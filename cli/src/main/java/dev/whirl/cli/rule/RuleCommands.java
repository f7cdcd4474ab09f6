package dev.whirl.cli.rule;

import dev.whirl.cli.command.CommandGroup;
import dev.whirl.cli.command.CommandGroup.Verb;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.entity.ListCommand;
import dev.whirl.cli.entity.RuleStatuses;
import dev.whirl.cli.output.EntityLists;
import dev.whirl.client.EntityDocument;
import dev.whirl.client.Page;
import dev.whirl.client.WhirlClient;
import dev.whirl.model.entity.Collection;
import java.util.List;

/// The group `wsk rule`.
public final class RuleCommands {
    private RuleCommands() {}

    public static CommandGroup group() {
        return new CommandGroup(
                "rule",
                "work with rules: which action a trigger sets off",
                () -> List.of(
                        new Verb("create", "create a rule", () -> new RulePut(false)),
                        new Verb("update", "change a rule, or create it", () -> new RulePut(true)),
                        new Verb("enable", "let a rule act", () -> new RuleSwitch(true)),
                        new Verb("disable", "keep a rule from acting", () -> new RuleSwitch(false)),
                        new Verb("status", "tell whether a rule acts", RuleStatus::new),
                        new Verb("get", "show a rule", RuleGet::new),
                        new Verb("delete", "delete a rule", RuleDelete::new),
                        new Verb("list", "list rules", () -> new ListCommand(Collection.RULES, new Listed()))));
    }

    private static final class Listed implements ListCommand.Listing {
        @Override
        public List<EntityDocument> list(WhirlClient client, String namespace, Page part) {
            return client.rules().list(namespace, part);
        }

        @Override
        public void print(EntityLists lists, List<EntityDocument> entities) {
            lists.rules(entities);
        }

        @Override
        public List<EntityDocument> completed(Session session, List<EntityDocument> entities) {
            return RuleStatuses.added(session, entities);
        }
    }
}
